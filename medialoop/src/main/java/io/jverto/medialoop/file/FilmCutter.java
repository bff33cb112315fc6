package io.jverto.medialoop.file;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.count.Counters;
import io.jverto.media.audio.TakeClock;
import io.jverto.media.frame.FrameAssembler;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.frame.FrameHeader;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.rtp.RtpPacket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Makes pictures with their place in the file out of the packets of a [Film], and asks for the key frames that they need. Belongs to the thread
/// of the file.
final class FilmCutter implements PacketRing.Reader, FrameAssembler.Sink {
    /// Between two key frames that are asked for because nothing can be shown without.
    private static final long ASK_MILLIS = 500;
    /// So that there is something to seek to, even where nobody else needs key frames.
    private static final long SEEK_MILLIS = 10_000;
    private static final int MAX_PACKETS = 4_096;
    /// Pictures that wait for the sound beside them.
    private static final int MAX_WAITING = 256;
    private static final int MAX_WAITING_BYTES = 8 << 20;
    private static final int MAX_EARLY = 1_000;
    private static final int MILLI_NANOS = 1_000_000;
    private static final byte[] NOTHING = {};

    private final Film film;
    private final TakeClock takes;
    private final Counters<FrameCount> counters;
    private final FilmClock clock = new FilmClock();
    private final RtpPacket packet = new RtpPacket();
    private final Deque<Picture> waiting = new ArrayDeque<>();
    private VideoCodec codec = VideoCodec.VP8;
    private FrameAssembler assembler;
    private @Nullable Reel reel;
    private int waitingBytes;
    private int ssrc;
    private boolean begun;
    private boolean held;
    private boolean dropped;
    private long nowMillis;
    private long early;
    private long askedMillis = -ASK_MILLIS;
    private long keyMillis;

    FilmCutter(Film film, TakeClock takes, Counters<FrameCount> counters) {
        this.film = film;
        this.takes = takes;
        this.counters = counters;
        this.assembler = new FrameAssembler(codec, counters);
    }

    /// @param millis where it belongs
    /// @param setup of a key frame: what the file keeps of its codec
    record Picture(long millis, VideoCodec codec, FrameHeader header, byte[] setup, byte[] bytes) {}

    /// Takes what has come.
    void look() {
        Reel now = film.reel();
        nowMillis = takes.millis();
        if (now != reel) {
            reel = now;
            codec = now == null ? codec : now.codec();
            restart();
        }
        if (now == null) {
            return;
        }
        early = Math.clamp(now.earlyMillis(), -MAX_EARLY, MAX_EARLY);
        boolean holds = takes.isHeld();
        if (held && !holds) {
            restart(); // what came meanwhile is lost
        }
        held = holds;
        for (int i = 0; i < MAX_PACKETS && now.ring().poll(this); i++) {
            // the packet was taken
        }
        ask(now);
    }

    private void restart() {
        assembler = new FrameAssembler(codec, counters);
        clock.restart();
        begun = false;
        askedMillis = nowMillis - ASK_MILLIS;
    }

    private void ask(Reel now) {
        boolean needed = assembler.needsKeyFrame() || dropped;
        if (!held && nowMillis - askedMillis >= ASK_MILLIS && (needed || nowMillis - keyMillis >= SEEK_MILLIS)) {
            askedMillis = nowMillis;
            now.wantKeyFrame();
        }
    }

    @Override
    public void onPacket(long tag, byte[] bytes, int length) {
        if (held || !packet.read(bytes, 0, length)) {
            return;
        }
        if (begun && packet.ssrc() != ssrc) {
            restart(); // its sender began anew
        }
        begun = true;
        ssrc = packet.ssrc();
        assembler.onPacket(nowMillis * MILLI_NANOS, packet.sequence(), packet.timestamp(), packet.marker(), bytes, packet.payloadOffset(),
                packet.payloadLength(), this);
    }

    @Override
    public void onFrame(byte[] bytes, int length, int timestamp) {
        FrameHeader header = FrameHeader.parse(codec, bytes, length);
        if (header == null || dropped && !header.key()) {
            return;
        }
        dropped = waiting.size() >= MAX_WAITING || waitingBytes + length > MAX_WAITING_BYTES;
        if (dropped) {
            return;
        }
        waitingBytes += length;
        keyMillis = header.key() ? nowMillis : keyMillis;
        byte[] setup = header.key() ? FrameHeader.setup(codec, bytes, length) : NOTHING;
        waiting.add(new Picture(clock.place(timestamp, Math.max(0, nowMillis + early)), codec, header, setup, Arrays.copyOf(bytes, length)));
    }

    /// @return the next picture that belongs before `millis`; null when there is none
    @Nullable Picture take(long millis) {
        Picture first = waiting.peek();
        if (first == null || first.millis() >= millis) {
            return null;
        }
        waitingBytes -= first.bytes().length;
        return waiting.poll();
    }

    void close() {
        film.close();
    }
}
