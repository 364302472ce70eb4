// A capture file's name in; a line for each plaintext handshake message out, with the server name of a
// ClientHello and the suite of a ServerHello, reassembled by gopacket.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/ip4defrag"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/gopacket/gopacket/reassembly"
)

var out = bufio.NewWriter(os.Stdout)

func main() {
	file, err := os.Open(os.Args[1])
	check(err)
	defer out.Flush()
	reader, err := pcapgo.NewReader(bufio.NewReaderSize(file, 1<<20))
	check(err)
	assembler := reassembly.NewAssembler(reassembly.NewStreamPool(factory{}))
	fragments := ip4defrag.NewIPv4Defragmenter()
	var ethernet layers.Ethernet
	var ip layers.IPv4
	var tcp layers.TCP
	var payload gopacket.Payload
	parser := gopacket.NewDecodingLayerParser(layers.LayerTypeEthernet, &ethernet, &ip, &tcp, &payload)
	parser.IgnoreUnsupported = true
	decoded := []gopacket.LayerType{}
	for {
		data, info, err := reader.ZeroCopyReadPacketData()
		if err == io.EOF {
			break
		}
		check(err)
		if parser.DecodeLayers(data, &decoded) != nil || len(decoded) < 2 {
			continue
		}
		isTCP := len(decoded) > 2 && decoded[2] == layers.LayerTypeTCP
		if ip.Flags&layers.IPv4MoreFragments != 0 || ip.FragOffset != 0 {
			whole, err := fragments.DefragIPv4(copied(&ip))
			if err != nil || whole == nil || whole.Protocol != layers.IPProtocolTCP {
				continue
			}
			isTCP = tcp.DecodeFromBytes(whole.Payload, gopacket.NilDecodeFeedback) == nil
		}
		if isTCP {
			assembler.AssembleWithContext(ip.NetworkFlow(), &tcp, &context{info})
		}
	}
	assembler.FlushAll()
}

// The defragmenter keeps what it is given, the reader reuses it.
func copied(ip *layers.IPv4) *layers.IPv4 {
	kept := *ip
	kept.Payload = append([]byte(nil), ip.Payload...)
	return &kept
}

type context struct{ info gopacket.CaptureInfo }

func (c *context) GetCaptureInfo() gopacket.CaptureInfo { return c.info }

type factory struct{}

func (factory) New(_, _ gopacket.Flow, _ *layers.TCP, _ reassembly.AssemblerContext) reassembly.Stream {
	return &stream{}
}

// The octets of both directions, as long as they are handshake messages that can be read.
type stream struct {
	pending [2][]byte
	done    [2]bool
}

func (*stream) Accept(*layers.TCP, gopacket.CaptureInfo, reassembly.TCPFlowDirection, reassembly.Sequence, *bool, reassembly.AssemblerContext) bool {
	return true
}

func (*stream) ReassemblyComplete(reassembly.AssemblerContext) bool { return true }

func (s *stream) ReassembledSG(sg reassembly.ScatterGather, _ reassembly.AssemblerContext) {
	direction, _, _, _ := sg.Info()
	side := 0
	if direction == reassembly.TCPDirServerToClient {
		side = 1
	}
	if s.done[side] {
		return
	}
	length, _ := sg.Lengths()
	octets := append(s.pending[side], sg.Fetch(length)...)
	for len(octets) >= 5 {
		if octets[0] != 22 {
			s.done[side] = true
			break
		}
		end := 5 + int(binary.BigEndian.Uint16(octets[3:]))
		if len(octets) < end {
			break
		}
		tell(octets[5:end])
		octets = octets[end:]
	}
	s.pending[side] = octets
}

// Messages that fill one record, as nearly all do.
func tell(messages []byte) {
	for len(messages) >= 4 {
		end := 4 + int(binary.BigEndian.Uint32(messages)&0xffffff)
		if len(messages) < end {
			return
		}
		body := messages[4:end]
		switch messages[0] {
		case 1:
			fmt.Fprintln(out, "client_hello", serverName(body))
		case 2:
			fmt.Fprintf(out, "server_hello %x\n", skip(body, 34, 1, 2))
		default:
			fmt.Fprintln(out, "message", messages[0])
		}
		messages = messages[end:]
	}
}

// What stands after `fixed` octets and a vector whose length has `prefix` octets: `length` octets of it.
func skip(body []byte, fixed, prefix, length int) []byte {
	if len(body) < fixed+prefix {
		return nil
	}
	size := 0
	for _, octet := range body[fixed : fixed+prefix] {
		size = size<<8 | int(octet)
	}
	start := fixed + prefix + size
	if len(body) < start+length {
		return nil
	}
	if length == 0 {
		return body[start:]
	}
	return body[start : start+length]
}

func serverName(hello []byte) string {
	extensions := skip(skip(skip(hello, 34, 1, 0), 0, 2, 0), 0, 1, 0)
	if len(extensions) < 2 {
		return "-"
	}
	for extensions = extensions[2:]; len(extensions) >= 4; {
		end := 4 + int(binary.BigEndian.Uint16(extensions[2:]))
		if len(extensions) < end {
			return "-"
		}
		if binary.BigEndian.Uint16(extensions) == 0 && end > 9 {
			return fmt.Sprintf("%q", extensions[9:end])
		}
		extensions = extensions[end:]
	}
	return "-"
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
