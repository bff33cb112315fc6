package io.jverto.medialoop.picture;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.picture.Picture;
import io.jverto.media.plan.Scene;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.studio.Studio;
import io.jverto.media.studio.StudioSetup;
import io.jverto.media.studio.Viewer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [Studio] with the rings of those who are in it.
@OwnedBy(Role.PICTURES)
final class StudioLoop {
    /// Of one member at a turn; what is left waits for the next one.
    private static final int MAX_PACKETS = 256;

    private final String name;
    private final StudioSetup setup;
    private final RtpPacket packet = new RtpPacket();
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private int framesPerSecond;
    private @Nullable Studio studio;

    StudioLoop(String name, StudioSetup setup, int framesPerSecond) {
        this.name = name;
        this.setup = setup;
        this.framesPerSecond = framesPerSecond;
    }

    String name() {
        return name;
    }

    void open(long nowNanos) {
        studio = new Studio(setup, framesPerSecond, nowNanos);
    }

    private Studio studio() {
        return java.util.Objects.requireNonNull(studio);
    }

    void framesPerSecond(int wanted) {
        framesPerSecond = wanted;
        studio().framesPerSecond(wanted);
    }

    void join(String channel, Tap tap) {
        Seat before = seats.get(channel);
        int canvas = before == null ? Seat.NOTHING : before.canvas;
        leave(channel);
        Seat seat = new Seat(channel, tap);
        seats.put(channel, seat);
        if (tap.incoming() != null) {
            studio().addSource(channel, seat);
            studio().codec(channel, tap.codec());
        }
        watch(channel, canvas);
    }

    void leave(String channel) {
        Seat gone = seats.remove(channel);
        if (gone != null) {
            studio().removeSource(channel);
            if (gone.viewer != null) {
                studio().stopWatching(gone.viewer);
            }
            gone.tap.close();
        }
    }

    void watch(String channel, int canvas) {
        Seat seat = seats.get(channel);
        if (seat != null) {
            seat.canvas = canvas;
            if (seat.viewer != null) {
                studio().watch(seat.viewer, canvas);
            }
        }
    }

    void limit(String channel, int bitsPerSecond, boolean small) {
        Seat seat = seats.get(channel);
        if (seat != null && seat.viewer != null) {
            seat.viewer.limit(bitsPerSecond, small);
        }
    }

    void show(int canvas, Scene scene, int bitsPerSecond) {
        studio().show(canvas, scene, bitsPerSecond);
        // Those who were told to watch it before it was there.
        seats.values().forEach(seat -> {
            if (seat.canvas == canvas && seat.viewer != null && !studio().isWatching(seat.viewer)) {
                studio().watch(seat.viewer, canvas);
            }
        });
    }

    void drop(int canvas) {
        studio().drop(canvas);
    }

    Optional<Picture> snapshot(int canvas) {
        return studio().snapshot(canvas);
    }

    void artIsReady() {
        studio().artIsReady();
    }

    /// Takes what has come, and paints if it is time.
    ///
    /// @return the next deadline
    long turn(long nowNanos) {
        for (Seat seat : seats.values()) {
            PacketRing ring = seat.tap.incoming();
            seat.nowNanos = nowNanos;
            for (int i = 0; ring != null && i < MAX_PACKETS && ring.poll(seat); i++) {
                // the packet was taken by the seat
            }
        }
        return studio().onTimeout(nowNanos);
    }

    void close() {
        seats.values().forEach(seat -> seat.tap.close());
        seats.clear();
        if (studio != null) {
            studio.close();
        }
    }

    /// A channel in the studio.
    private final class Seat implements PacketRing.Reader, Viewer.Outlet, Studio.Inlet {
        private static final int NOTHING = Integer.MIN_VALUE;
        private static final int MAX_PACKET = 1_300;

        private final String channel;
        private final Tap tap;
        private final @Nullable Viewer viewer;
        private final byte[] out = new byte[MAX_PACKET];
        private int canvas = NOTHING;
        private long nowNanos;

        Seat(String channel, Tap tap) {
            this.channel = channel;
            this.tap = tap;
            this.viewer = tap.outgoing() == null ? null : studio().addViewer(tap.codec(), this);
        }

        @Override
        public void onPacket(long tag, byte[] bytes, int length) {
            if (packet.read(bytes, 0, length)) {
                studio().codec(channel, tap.codec());
                studio().onPacket(nowNanos, channel, packet.sequence(), packet.timestamp(), packet.marker(), bytes, packet.payloadOffset(),
                        packet.payloadLength());
            }
        }

        @Override
        public void send(boolean key, boolean marker, int sequence, int timestamp, byte[] payload, int length) {
            PacketRing ring = tap.outgoing();
            if (ring != null) {
                // Its payload type and SSRC are the transport's business.
                RtpPacket.writeHeader(out, 0, marker, 0, sequence, timestamp, 0);
                System.arraycopy(payload, 0, out, RtpPacket.FIXED_HEADER, length);
                if (ring.offer(key ? 1 : 0, out, 0, RtpPacket.FIXED_HEADER + length)) {
                    tap.sent();
                }
            }
        }

        @Override
        public void wantKeyFrame() {
            tap.wantKeyFrame();
        }

        @Override
        public void bandwidth(int kbps) {
            tap.bandwidth(kbps);
        }

        @Override
        public boolean takeKeyFrameWish() {
            return tap.takeKeyFrameWish();
        }

        @Override
        public int kbps() {
            return tap.kbps();
        }
    }
}
