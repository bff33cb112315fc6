package io.jverto.media.transport;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.rtp.ReceiveStatistics;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.rtp.RtpRewriter;
import io.jverto.media.rtp.TelephoneEventReceiver;
import io.jverto.media.rtp.TelephoneEventSender;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The audio of one transport: what comes in is counted, searched for digits and sent along the route; what goes out is
/// numbered as one stream, whatever its source (media-rtc.md sections 9 and 13).
@OwnedBy(Role.MEDIA_LOOP)
final class AudioStream {
    /// Packets taken from a ring at a time; a ring is smaller.
    private static final int MAX_FED = 64;
    /// How long nothing is sent before the peer is told that this is silence: 60 packets (media-rtc.md section 12.3).
    static final long QUIET_NANOS = 1_200_000_000L;
    /// How loud the silence is that we tell of: -dBov (RFC 3389 section 3.1).
    static final byte QUIET_LEVEL = 70;
    private static final byte[] COMFORT = {QUIET_LEVEL};

    private final TransportShared shared;
    private final SecureLink link;
    private final LiveStats stats;
    /// Of the transport itself.
    private final TransportOutput output;
    private final RtpRewriter rewriter;
    private final ReceiveStatistics received;
    private final TelephoneEventReceiver events;
    private final TelephoneEventSender digits = new TelephoneEventSender();
    private final Draining draining = new Draining();

    private AudioPlan plan;
    private boolean hasRemote;
    private int remoteSsrc;
    private Route route = new Route.Silent();
    private int routeNumber;
    private int eventTimestamp;
    /// Whether the port that is the route has sent something.
    private boolean fed;
    /// When something was sent last, and whether that is looked at.
    private long spokeNanos;
    private boolean waits;

    /// What a packet carries.
    private enum Kind {
        SOUND(AudioPlan::payloadType),
        EVENT(AudioPlan::telephoneEventPayloadType),
        /// RFC 3389: goes only to whoever takes it.
        NOISE(AudioPlan::comfortNoisePayloadType);

        /// Its payload type under a plan, -1 where there is none.
        private final ToIntFunction<AudioPlan> type;

        Kind(ToIntFunction<AudioPlan> type) {
            this.type = type;
        }
    }

    AudioStream(
            TransportShared shared, SecureLink link, LiveStats stats, int ssrc, AudioPlan plan, TransportOutput output) {
        this.shared = shared;
        this.link = link;
        this.stats = stats;
        this.plan = plan;
        this.output = output;
        this.rewriter = new RtpRewriter(
                ssrc, plan.codec().rtpClock(), shared.random.nextInt(1 << 15), shared.random.nextInt());
        this.received = new ReceiveStatistics(plan.codec().rtpClock());
        this.events = new TelephoneEventReceiver(Math.max(1, plan.telephoneEventClock()), output::digit);
    }

    /// Another agreement; the stream goes on (RFC 3711: neither SSRC nor sequence begin anew).
    void apply(AudioPlan newPlan) {
        if (newPlan.codec().rtpClock() != plan.codec().rtpClock()) {
            hasRemote = false;
        }
        plan = newPlan;
        rewriter.clock(newPlan.codec().rtpClock());
    }

    void route(Route newRoute) {
        route = newRoute;
        routeNumber++;
        fed = false;
    }

    /// Takes an authentic, decrypted packet.
    void onRtp(long nowNanos, byte[] bytes, int offset, int length, TransportOutput out) {
        RtpPacket packet = shared.incoming;
        if (!packet.read(bytes, offset, length)) {
            shared.counters.increment(TransportCount.RTP_MALFORMED);
            return;
        }
        Kind kind = packet.payloadType() == plan.telephoneEventPayloadType() ? Kind.EVENT
                : packet.payloadType() == plan.comfortNoisePayloadType() ? Kind.NOISE : Kind.SOUND;
        if (kind == Kind.SOUND && packet.payloadType() != plan.payloadType()) {
            shared.counters.increment(TransportCount.RTP_WRONG_TYPE);
        } else if (!plan.receiving()) {
            shared.counters.increment(TransportCount.RTP_NOT_WANTED);
        } else if (!count(nowNanos, packet, kind, length)) {
            shared.counters.increment(TransportCount.RTP_SEQUENCE_JUMP);
        } else {
            if (kind == Kind.EVENT) {
                onEvent(nowNanos, packet, bytes);
            }
            pass(route, nowNanos, packet, kind, bytes, offset, length, out);
        }
    }

    private boolean count(long nowNanos, RtpPacket packet, Kind kind, int length) {
        if (!hasRemote || packet.ssrc() != remoteSsrc) {
            hasRemote = true;
            remoteSsrc = packet.ssrc();
            received.restart(plan.codec().rtpClock());
            events.restart(Math.max(1, plan.telephoneEventClock()));
        }
        boolean usable = kind != Kind.SOUND
                ? received.onPacket(packet.sequence())
                : received.onPacket(nowNanos, packet.sequence(), packet.timestamp());
        if (usable) {
            stats.received(length, received.totalLost(), received.jitterMillis());
        }
        return usable;
    }

    private void onEvent(long nowNanos, RtpPacket packet, byte[] bytes) {
        if (!events.onPacket(nowNanos, packet.timestamp(), bytes, packet.payloadOffset(), packet.payloadLength())) {
            shared.counters.increment(TransportCount.EVENT_MALFORMED);
        }
    }

    private void pass(
            Route to, long nowNanos, RtpPacket packet, Kind kind, byte[] bytes, int offset, int length, TransportOutput out) {
        switch (to) {
            case Route.Silent silent -> {}
            case Route.Echo echo -> {
                if (kind == Kind.SOUND) {
                    relay(nowNanos, packet, plan.payloadType(), bytes, out);
                }
            }
            case Route.Relay relay -> {
                if (kind != Kind.EVENT || relay.events()) {
                    relay.peer().relay(nowNanos, packet, kind.type, bytes);
                }
            }
            case Route.Across across -> {
                int type = kind.type.applyAsInt(across.theirs());
                if ((kind != Kind.EVENT || across.events()) && type >= 0) {
                    bytes[offset + 1] = (byte) (bytes[offset + 1] & 0x80 | type);
                    offer(across.to(), nowNanos, bytes, offset, length);
                    across.wake().run();
                }
            }
            case Route.Port port -> {
                if (kind != Kind.EVENT) {
                    offer(port.rx(), nowNanos, bytes, offset, length);
                    pass(port.before(), nowNanos, packet, kind, bytes, offset, length, out);
                }
            }
        }
    }

    private void offer(PacketRing ring, long nowNanos, byte[] bytes, int offset, int length) {
        if (!ring.offer(nowNanos, bytes, offset, length)) {
            shared.counters.increment(TransportCount.RING_FULL);
        }
    }

    /// Sends a packet that another transport of this loop received, by our own socket: peers take it from nowhere else.
    ///
    /// @param types says which payload type it has here, -1 for none
    void onRelayed(long nowNanos, RtpPacket packet, ToIntFunction<AudioPlan> types, byte[] bytes) {
        int type = types.applyAsInt(plan);
        if (fed || type < 0) {
            return; // what its port sends came after it
        }
        relay(nowNanos, packet, type, bytes, output);
    }

    private void relay(long nowNanos, RtpPacket packet, int type, byte[] bytes, TransportOutput out) {
        spokeNanos = nowNanos;
        if (!maySend()) {
            return;
        }
        long source = (long) routeNumber << 32 | packet.ssrc() & 0xffff_ffffL;
        if (rewriter.relay(nowNanos, source, packet.sequence(), packet.timestamp(), packet.marker())) {
            send(type, bytes, packet.payloadOffset(), packet.payloadLength(), out);
        } else {
            shared.counters.increment(TransportCount.RTP_TOO_LATE);
        }
    }

    int preloadReceive() {
        int ring = route instanceof Route.Port port ? port.rx().preloadOffer() : 0;
        return plan.payloadType() + (int) (received.totalLost() + stats.packetsTx()) + ring;
    }

    int preloadSend() {
        int ring = route instanceof Route.Port port ? port.tx().preloadPoll() : 0;
        return rewriter.sequence() + ring;
    }

    private boolean maySend() {
        if (plan.sending() && !digits.busy()) {
            return true;
        }
        rewriter.skip();
        shared.counters.increment(TransportCount.RTP_HELD_BACK);
        return false;
    }

    private void send(int type, byte[] payload, int offset, int length, TransportOutput out) {
        send(type, 0, payload, offset, length, out);
    }

    /// @param extension bytes of a header extension before the payload
    private void send(int type, int extension, byte[] payload, int offset, int length, TransportOutput out) {
        if (length > TransportShared.MAX_PACKET - RtpPacket.FIXED_HEADER) {
            shared.counters.increment(TransportCount.RTP_TOO_LONG);
            return;
        }
        byte[] to = shared.packet;
        RtpPacket.writeHeader(
                to, 0, rewriter.marker(), type, rewriter.sequence(), rewriter.timestamp(), rewriter.ssrc());
        if (extension > 0) {
            RtpPacket.announceExtension(to, 0);
        }
        System.arraycopy(payload, offset, to, RtpPacket.FIXED_HEADER, length);
        if (link.sendRtp(to, RtpPacket.FIXED_HEADER + length, out)) {
            if (stats.packetsTx() == 0) {
                out.noted(new MediaNote.FirstSent());
            }
            stats.sent(length - extension);
        } else {
            shared.counters.increment(TransportCount.RTP_NOT_SENT);
        }
    }

    /// Sends what waits in the ring of the route, if it has one.
    void onFed(long nowNanos, TransportOutput out) {
        switch (route) {
            case Route.Across across -> drain(nowNanos, across.from(), true, out);
            case Route.Port port -> {
                drain(nowNanos, port.tx(), false, out);
                if (!fed && port.before() instanceof Route.Across across) {
                    drain(nowNanos, across.from(), true, out);
                }
            }
            case Route.Silent silent -> {}
            case Route.Echo echo -> {}
            case Route.Relay relay -> {}
        }
    }

    private void drain(long nowNanos, PacketRing ring, boolean numbered, TransportOutput out) {
        draining.begin(nowNanos, numbered, out);
        for (int i = 0; i < MAX_FED && ring.poll(draining); i++) {
            // the packet was sent by the reader
        }
    }

    private void onFedPacket(long nowNanos, boolean numbered, byte[] bytes, int length, TransportOutput out) {
        RtpPacket packet = shared.fed;
        if (!packet.read(bytes, 0, length)) {
            shared.counters.increment(TransportCount.RTP_MALFORMED);
        } else if (numbered) {
            relay(nowNanos, packet, packet.payloadType(), bytes, out);
        } else if (maySend()) {
            spokeNanos = nowNanos;
            fed = true;
            rewriter.append(nowNanos, (long) routeNumber << 32, packet.timestamp(), packet.marker());
            int extension = packet.extensionBytes();
            send(packet.payloadType(), extension, bytes, packet.payloadOffset() - extension, extension + packet.payloadLength(), out);
        }
    }

    boolean sendDigit(char digit, int durationMillis) {
        boolean taken = plan.telephoneEventPayloadType() >= 0 && digits.enqueue(digit, durationMillis);
        if (!taken) {
            shared.counters.increment(TransportCount.DIGITS_REFUSED);
        }
        return taken;
    }

    /// @return the next deadline
    long onTimeout(long nowNanos, TransportOutput out) {
        long next = events.onTimeout(nowNanos);
        if (!link.ready() || !plan.sending()) {
            return next;
        }
        while (digits.poll(nowNanos, plan.telephoneEventClock())) {
            sendEvent(nowNanos, out);
        }
        return Math.min(Math.min(next, digits.deadline()), comfort(nowNanos, out));
    }

    /// Tells the peer that there is silence, again and again while nothing else is sent: it need not think that we are gone.
    ///
    /// @return when to look again
    private long comfort(long nowNanos, TransportOutput out) {
        if (!plan.hasComfortNoise()) {
            return Long.MAX_VALUE;
        }
        if (!waits) {
            waits = true;
            spokeNanos = nowNanos;
        }
        if (nowNanos - spokeNanos >= QUIET_NANOS) {
            spokeNanos = nowNanos;
            rewriter.insert(rewriter.timestampAt(nowNanos), false);
            send(plan.comfortNoisePayloadType(), COMFORT, 0, COMFORT.length, out);
        }
        return spokeNanos + QUIET_NANOS;
    }

    private void sendEvent(long nowNanos, TransportOutput out) {
        spokeNanos = nowNanos;
        if (digits.first()) {
            eventTimestamp = rewriter.timestampAt(nowNanos);
        }
        rewriter.insert(eventTimestamp + digits.segmentOffset(), digits.first());
        int length = digits.writePayload(shared.event, 0);
        send(plan.telephoneEventPayloadType(), shared.event, 0, length, out);
    }

    ReceiveStatistics received() {
        return received;
    }

    /// @return our timeline, for sender reports
    int timestampAt(long nowNanos) {
        return rewriter.timestampAt(nowNanos);
    }

    int remoteSsrc() {
        return remoteSsrc;
    }

    /// What a ring shows its packets to; kept, so that draining allocates nothing.
    private final class Draining implements PacketRing.Reader {
        private long nowNanos;
        private boolean numbered;
        private @Nullable TransportOutput out;

        void begin(long now, boolean withNumbers, TransportOutput to) {
            nowNanos = now;
            numbered = withNumbers;
            out = to;
        }

        @Override
        public void onPacket(long tag, byte[] bytes, int length) {
            TransportOutput to = out;
            if (to != null) {
                onFedPacket(nowNanos, numbered, bytes, length, to);
            }
        }
    }
}
