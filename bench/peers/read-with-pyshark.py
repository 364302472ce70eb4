"""A capture file's name in; the number of every frame with a handshake message out, as pyshark has tshark decode it."""

import sys

import pyshark

for packet in pyshark.FileCapture(sys.argv[1], display_filter="tls.handshake", keep_packets=False):
    print(packet.number, packet.tls.field_names[0])
