package io.jverto.conference;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.medialoop.MixerHandle;
import io.jverto.medialoop.file.Disk;
import io.jverto.medialoop.tick.AudioTicks;
import io.jverto.medialoop.tick.PortRef;
import io.jverto.medialoop.tick.TickMixerRef;
import io.jverto.switchboard.port.AudioRoute;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.List;

/// Media that is mixed: rooms over the server's own mixers, in virtual time, whose members are telephones that each say a tone.
final class MixedMedia extends RecordingMedia implements AutoCloseable {
    private static final int TICK_NANOS = 20_000_000;
    private static final int SAMPLES = 960;
    private static final double AMPLITUDE = 5_000;

    private final AudioTicks ticks;
    private final List<Phone> phones = new CopyOnWriteArrayList<>();
    private long nowNanos;

    MixedMedia(Disk disk) {
        this.ticks = AudioTicks.manual(disk);
    }

    @Override
    public MixerRef openMixer(String name, int rateHz, int channels, int noise) {
        return new MixerHandle(ticks.openRoom(name, rateHz, channels, noise), ticks);
    }

    /// @param hertz of what it says
    TestChannel phone(String name, double hertz) {
        Phone phone = new Phone(name, hertz);
        phones.add(phone);
        return new TestChannel(name, phone);
    }

    /// Lets all say and hear so many frames of 20 ms.
    void run(int frames) {
        for (int i = 0; i < frames; i++) {
            phones.forEach(Phone::say);
            nowNanos += TICK_NANOS;
            ticks.tick(nowNanos);
            phones.forEach(Phone::hear);
        }
    }

    /// @return amplitude of that pitch in the last quarter of a second that the channel heard
    static double level(TestChannel of, double hertz) {
        return ((Phone) of.media).level(hertz);
    }

    /// Whether the channel goes on to say its tone.
    static void says(TestChannel channel, boolean something) {
        ((Phone) channel.media).says = something;
    }

    @Override
    public void close() {
        ticks.close();
    }

    private final class Phone extends Media implements PortListener {
        private static final int HEARD = 2_000;

        private final PacketRing rx = new PacketRing(8, 400);
        private final PacketRing tx = new PacketRing(8, 400);
        private final AudioPlan plan = new AudioPlan(AudioCodec.PCMU, 0, 1, 1, 20, OpusSettings.DEFAULT, -1, 8_000, true, true);
        private final AudioEncoder encoder = AudioCodecs.encoder(AudioCodec.PCMU, 1, OpusSettings.DEFAULT, 48_000);
        private final AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.PCMU, 1);
        private final String name;
        private final double hertz;
        private final short[] pcm = new short[SAMPLES];
        private final short[] decoded = new short[AudioDecoder.MAX_SAMPLES];
        private final byte[] packet = new byte[400];
        private final RtpPacket view = new RtpPacket();
        /// A ring, at 48 kHz.
        private final short[] heard = new short[HEARD * 6];
        private Optional<PortRef> port = Optional.empty();
        private boolean says = true;
        private int frames;
        private int at;

        Phone(String name, double hertz) {
            this.name = name;
            this.hertz = hertz;
        }

        /// As the media engine does it for a call.
        @Override
        public synchronized void route(AudioRoute route) {
            super.route(route);
            if (!(route instanceof AudioRoute.Mix mix)) {
                port.ifPresent(PortRef::detach);
                port = Optional.empty();
                return;
            }
            if (port.isEmpty()) {
                TickMixerRef mixer = ((MixerHandle) mix.mixer()).mixer();
                port = mixer.attach(new PortSetup("call-" + name, plan, JitterBounds.DEFAULT, rx, tx, () -> { }, this), mix.muted(), mix.deaf());
            }
            port.orElseThrow().tune(mix);
        }

        private void say() {
            for (int i = 0; i < SAMPLES; i++) {
                pcm[i] = (short) (says ? Math.round(AMPLITUDE * Math.sin(2 * Math.PI * hertz * (frames * SAMPLES + i) / 48_000)) : 0);
            }
            RtpPacket.writeHeader(packet, 0, false, 0, 100 + frames, frames * 160, 0x1234);
            rx.offer(nowNanos, packet, 0, RtpPacket.FIXED_HEADER + encoder.encode(pcm, SAMPLES, packet, RtpPacket.FIXED_HEADER));
            frames++;
        }

        private void hear() {
            while (tx.poll(this::onPacket)) {
                // one at most
            }
        }

        private void onPacket(long tag, byte[] bytes, int length) {
            view.read(bytes, 0, length);
            int samples = decoder.decode(bytes, view.payloadOffset(), view.payloadLength(), decoded);
            for (int i = 0; i < samples; i++) {
                heard[at++ % heard.length] = decoded[i];
            }
        }

        private double level(double pitch) {
            double cosine = 0;
            double sine = 0;
            for (int i = 0; i < heard.length; i++) {
                cosine += heard[(at + i) % heard.length] * Math.cos(2 * Math.PI * pitch * i / 48_000);
                sine += heard[(at + i) % heard.length] * Math.sin(2 * Math.PI * pitch * i / 48_000);
            }
            return 2 * Math.hypot(cosine, sine) / heard.length;
        }

        @Override
        public void onTalking(boolean talking) {
            // not asked here
        }

        @Override
        public void onClosed(End end) {
            // nor this
        }
    }
}
