"""A capture file's name in; the server names of every ClientHello out, as scapy reassembles and decodes it."""

import sys

from scapy.all import load_layer, sniff
from scapy.sessions import TCPSession

load_layer("tls")
from scapy.layers.tls.extensions import TLS_Ext_ServerName  # noqa: E402 (exists once the layer is loaded)
from scapy.layers.tls.handshake import TLSClientHello  # noqa: E402


def tell(packet):
    if TLSClientHello in packet:
        for extension in packet[TLSClientHello].ext or []:
            if isinstance(extension, TLS_Ext_ServerName):
                print(extension.servernames)


sniff(offline=sys.argv[1], session=TCPSession, store=False, prn=tell)
