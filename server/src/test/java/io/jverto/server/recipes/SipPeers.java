package io.jverto.server.recipes;

import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipDecoder;
import io.jverto.sip.message.SipDecoding;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.profile.ProfileConfig;
import io.jverto.sip.profile.SipWorld;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transport.SipInput;
import io.jverto.testkit.time.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// SIP peers of a whole server in virtual time, which say what a test says, as bytes. They know nothing of the stack but how to read a message.
final class SipPeers implements SipWorld.Network {
    private final VirtualTime time;
    private final Map<InetSocketAddress, Peer> peers = new ConcurrentHashMap<>();
    private final Map<String, List<InetSocketAddress>> names = new HashMap<>();
    private volatile @Nullable SipInput input;

    /// The provider.
    final Peer itsp;

    SipPeers(VirtualTime time) {
        this.time = time;
        this.itsp = peer(7, "itsp.example.org");
    }

    /// @param address of the last number of 198.51.100
    Peer peer(int address, String... itsNames) {
        InetSocketAddress socket = new InetSocketAddress(InetAddress.ofLiteral("198.51.100." + address), 5_060);
        for (String name : itsNames) {
            names.computeIfAbsent(name, _ -> new ArrayList<>()).add(socket);
        }
        return peers.computeIfAbsent(socket, Peer::new);
    }

    @Override
    public SipWorld.Sockets open(ProfileConfig config, SipInput to) {
        input = to;
        return new SipWorld.Sockets() {
            @Override
            public int port(SipTransport transport) {
                return transport == SipTransport.UDP ? 5_080 : 0;
            }

            @Override
            public void send(Hop hop, byte[] message) {
                Peer peer = peers.get(hop.remote());
                if (peer != null && SipDecoder.decode(message, 0, message.length) instanceof SipDecoding.Decoded(SipMessage decoded)) {
                    peer.received.add(decoded);
                }
            }

            @Override
            public void close() {
                input = null;
            }
        };
    }

    @Override
    public List<Hop> resolve(HostPort host, Optional<SipTransport> transport) {
        List<InetSocketAddress> found = names.getOrDefault(host.host(), io.jverto.base.net.Network.address(host.bareHost()).stream()
                .map(ip -> new InetSocketAddress(ip, host.portOr(5_060))).toList());
        return found.stream().map(socket -> new Hop(transport.orElse(SipTransport.UDP), socket)).toList();
    }

    /// One of them.
    final class Peer {
        static final String SDP = "v=0\r\no=peer 1 1 IN IP4 198.51.100.200\r\ns=-\r\nc=IN IP4 198.51.100.200\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0 101\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\n";

        final List<SipMessage> received = new CopyOnWriteArrayList<>();
        private final InetSocketAddress socket;
        private int count;

        Peer(InetSocketAddress socket) {
            this.socket = socket;
        }

        String address() {
            return socket.getAddress().getHostAddress();
        }

        /// Says something, word for word.
        void say(String head, String body) {
            byte[] bytes = (head + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
            SipInput to = input;
            if (to != null) {
                to.received(new Hop(SipTransport.UDP, socket), SipDecoder.decode(bytes, 0, bytes.length));
            }
            time.settle();
        }

        /// Responds to a request of the server.
        ///
        /// @param lines more headers, each with its line end
        void respond(SipRequest request, int status, String lines, String sdp) {
            respond(request, status, lines, sdp, "peer");
        }

        /// @param tag of whom it is
        void respond(SipRequest request, int status, String lines, String sdp, String tag) {
            StringBuilder head = new StringBuilder("SIP/2.0 " + status + " Whatever\r\n");
            request.envelope().vias().forEach(via -> head.append("Via: ").append(via).append("\r\n"));
            head.append("From: ").append(request.envelope().from()).append("\r\n");
            head.append("To: ").append(request.envelope().to()).append(request.envelope().to().tag().isPresent() || status == 100 ? "" : ";tag=" + tag).append("\r\n");
            head.append("Call-ID: ").append(request.envelope().callId()).append("\r\nCSeq: ").append(request.envelope().cseq()).append("\r\n");
            head.append(lines.contains("Contact:") ? "" : "Contact: <sip:peer@" + address() + ">\r\n").append(lines);
            say(head + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n"), sdp);
        }

        void respond(SipRequest request, int status) {
            respond(request, status, "", "");
        }

        void respond(SipRequest request, int status, String sdp) {
            respond(request, status, "", sdp);
        }

        /// Calls the server.
        ///
        /// @param uri Request-URI
        /// @param from user
        /// @param lines more headers
        Call invite(String uri, String from, String lines, String sdp) {
            Call call = new Call("call-" + address() + "-" + ++count, uri, from);
            call.request("INVITE", uri, "", lines, sdp);
            return call;
        }

        /// @return requests of that method that came, in their order
        List<SipRequest> requests(String method) {
            return received.stream().filter(SipRequest.class::isInstance).map(SipRequest.class::cast)
                    .filter(request -> request.method().name().equals(method)).toList();
        }

        SipRequest last(String method) {
            return requests(method).getLast();
        }

        /// A dialog that the peer began, or took part in as callee.
        final class Call {
            private final String callId;
            private String target;
            private String from;
            private String to;
            private String tag = "";
            private int seq;
            /// Of the last INVITE.
            private int invited;

            private Call(String callId, String uri, String user) {
                this.callId = callId;
                this.target = uri;
                this.from = "\"Some One\" <sip:" + user + "@" + address() + ">;tag=mine";
                this.to = "<" + uri + ">";
            }

            /// Within what the server began by an INVITE that was answered.
            private Call(SipRequest invite) {
                this.callId = invite.envelope().callId();
                this.target = invite.contact().orElseThrow().uri().toString();
                this.from = invite.envelope().to() + ";tag=peer";
                this.to = invite.envelope().from().toString();
            }

            String callId() {
                return callId;
            }

            /// @return of the server's side, once there was an ACK
            String tag() {
                return tag;
            }

            void request(String method, String lines, String body) {
                request(method, target, tag, lines, body);
            }

            private void request(String method, String uri, String toTag, String lines, String body) {
                boolean ofInvite = method.equals("ACK") || method.equals("CANCEL");
                seq += ofInvite ? 0 : 1;
                invited = method.equals("INVITE") ? seq : invited;
                int number = ofInvite ? invited : seq;
                String type = body.startsWith("v=0") ? "Content-Type: application/sdp\r\n" : "";
                say(method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + address() + ";branch=z9hG4bK" + callId + number + (method.equals("ACK") ? "ack" : "") + ";rport\r\n"
                        + "From: " + from + "\r\nTo: " + to + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\r\nCall-ID: " + callId
                        + "\r\nCSeq: " + number + " " + method + "\r\nContact: <sip:peer@" + address() + ">\r\nMax-Forwards: 70\r\n" + lines + type, body);
            }

            /// @return what came for the last request, the last first
            SipResponse response() {
                return responses().getLast();
            }

            List<SipResponse> responses() {
                return received.stream().filter(SipResponse.class::isInstance).map(SipResponse.class::cast)
                        .filter(response -> response.envelope().callId().equals(callId) && response.envelope().cseq().number() == seq).toList();
            }

            /// @return what came for requests of that method
            List<SipResponse> responses(String method) {
                return received.stream().filter(SipResponse.class::isInstance).map(SipResponse.class::cast)
                        .filter(response -> response.envelope().callId().equals(callId) && response.envelope().cseq().method().name().equals(method))
                        .filter(response -> response.status() != 100).toList();
            }

            List<Integer> statuses() {
                return responses().stream().map(SipResponse::status).filter(status -> status != 100).toList();
            }

            /// Learns whom it calls from the last response to its INVITE.
            SipResponse learn() {
                SipResponse last = responses("INVITE").getLast();
                tag = last.envelope().to().tag().orElse("");
                target = last.contact().map(contact -> contact.uri().toString()).orElse(target);
                return last;
            }

            void ack(String body) {
                learn();
                request("ACK", "", body);
            }

            void ack() {
                ack("");
            }
        }

        /// Answers an INVITE of the server.
        Call answer(SipRequest invite, String sdp) {
            respond(invite, 200, sdp);
            return new Call(invite);
        }
    }
}
