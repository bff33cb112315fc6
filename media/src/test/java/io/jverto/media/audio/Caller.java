package io.jverto.media.audio;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Voice;
import io.jverto.media.plan.VoiceRules;
import io.jverto.media.rtp.PeerLoss;
import io.jverto.media.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The far end of a port: a caller with an encoder and a decoder of his own, who speaks into the port's ring and hears what
/// comes out of it.
class Caller implements PortControl, PortListener {
    final List<String> events = new ArrayList<>();
    final List<Integer> timestamps = new ArrayList<>();
    final List<Boolean> markers = new ArrayList<>();
    final PacketRing rx = new PacketRing(64, 1500);
    final PacketRing tx = new PacketRing(64, 1500);
    final Inserts inserts = new Inserts();
    final PeerLoss loss = new PeerLoss();
    final AudioPlan plan;
    boolean muted;
    boolean deaf;
    boolean detached;
    int volumeIn;
    int volumeOut;
    int gate = -1;
    boolean detecting;
    Set<String> unheard = Set.of();
    Optional<Position> position = Optional.empty();
    VoiceRules voiceRules = VoiceRules.NONE;
    int energy;
    int gainDecibels;
    Voice.Spurt spurt = Voice.Spurt.NONE;
    int wakes;
    int packets;
    /// The first byte of the last packet's payload (RFC 6716 section 3.1).
    int toc;

    private static final int LEVEL_EXTENSION = 3;

    private final AudioEncoder encoder;
    private final AudioDecoder decoder;
    private final RtpPacket view = new RtpPacket();
    private final byte[] packet = new byte[1500];
    private final short[] decoded;
    private short[] heard = new short[48_000 * 2 * 4];
    private int heardValues;
    private short[] speech = new short[0];
    private int spoken;
    private int sequence = 4000;
    private int timestamp = 123_456;

    Caller(AudioPlan plan) {
        this(plan, OpusSettings.DEFAULT);
    }

    /// @param own settings of his encoder
    Caller(AudioPlan plan, OpusSettings own) {
        this.plan = plan;
        this.encoder = AudioCodecs.encoder(plan.codec(), plan.receiveChannels(), own, 48_000);
        this.decoder = AudioCodecs.decoder(plan.codec(), plan.sendChannels());
        this.decoded = new short[AudioDecoder.MAX_SAMPLES * decoder.channels()];
    }

    static AudioPlan plan(AudioCodec codec, int channels) {
        int type = codec == AudioCodec.OPUS ? 111 : codec.staticPayloadType();
        return new AudioPlan(codec, type, channels, channels, 20, OpusSettings.DEFAULT, -1, 0, true, true);
    }

    /// One who says in each packet how loud it is.
    static Caller telling() {
        return new Caller(new AudioPlan(AudioCodec.OPUS, 111, 1, 1, 20, OpusSettings.DEFAULT, -1, 0, true, true, LEVEL_EXTENSION, -1));
    }

    static Caller opus() {
        return new Caller(plan(AudioCodec.OPUS, 1));
    }

    static Caller stereo() {
        return new Caller(plan(AudioCodec.OPUS, 2));
    }

    PortSetup setup(String name) {
        return new PortSetup(name, plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), loss, rx, tx, () -> wakes++, this, inserts, false);
    }

    /// Says this from now on, again and again.
    Caller says(short[] pcm) {
        speech = pcm;
        spoken = 0;
        return this;
    }

    /// Sends the next 20 ms, if it has something to say.
    void speak(long nowNanos) {
        if (speech.length == 0) {
            return;
        }
        int values = 960 * encoder.channels();
        short[] frame = Arrays.copyOfRange(speech, spoken, spoken + values);
        spoken = (spoken + values) % speech.length;
        RtpPacket.writeHeader(packet, 0, false, plan.payloadType(), sequence++, timestamp, 0x1234);
        timestamp += plan.codec().rtpClock() / 50;
        int header = RtpPacket.FIXED_HEADER + (plan.audioLevelExtension() > 0 ? writeLevel(frame) : 0);
        int length = encoder.encode(frame, 960, packet, header);
        rx.offer(nowNanos, packet, 0, header + length);
    }

    /// RFC 6464 section 3, in the one-byte form.
    private int writeLevel(short[] frame) {
        int level = Math.clamp((int) -Signal.decibels(Math.max(Signal.rms(frame), 1e-9), 32_768), 0, 127);
        byte[] extension = {(byte) 0xbe, (byte) 0xde, 0, 1, LEVEL_EXTENSION << 4, (byte) (0x80 | level), 0, 0};
        packet[0] |= 0x10;
        System.arraycopy(extension, 0, packet, RtpPacket.FIXED_HEADER, extension.length);
        return extension.length;
    }

    /// Skips a packet: it is lost on the way.
    void lose() {
        speak(0);
        rx.poll((tag, bytes, length) -> {});
    }

    /// Decodes all that came.
    void hear() {
        while (tx.poll(this::onPacket)) {
            packets++;
        }
    }

    /// @return the last `samples` of each channel that it heard
    short[] heard(int samples) {
        return Arrays.copyOfRange(heard, heardValues - samples * decoder.channels(), heardValues);
    }

    /// @return amplitude of a pitch in the last 200 ms that it heard, mono
    double level(double hertz) {
        return Signal.amplitude(heard(9_600), hertz);
    }

    void forget() {
        heardValues = 0;
        packets = 0;
        timestamps.clear();
        markers.clear();
    }

    private void onPacket(long tag, byte[] bytes, int length) {
        if (!view.read(bytes, 0, length) || view.payloadType() != plan.payloadType()) {
            throw new AssertionError("no packet of this plan");
        }
        toc = bytes[view.payloadOffset()] & 0xff;
        timestamps.add(view.timestamp());
        markers.add(view.marker());
        int samples = decoder.decode(bytes, view.payloadOffset(), view.payloadLength(), decoded);
        if (samples < 0) {
            throw new AssertionError("it does not decode");
        }
        int values = samples * decoder.channels();
        if (heardValues + values > heard.length) {
            heard = Arrays.copyOf(heard, 2 * heard.length);
        }
        System.arraycopy(decoded, 0, heard, heardValues, values);
        heardValues += values;
    }

    void close() {
        encoder.close();
        decoder.close();
    }

    @Override
    public boolean muted() {
        return muted;
    }

    @Override
    public boolean deaf() {
        return deaf;
    }

    @Override
    public boolean detached() {
        return detached;
    }

    @Override
    public int volumeIn() {
        return volumeIn;
    }

    @Override
    public int volumeOut() {
        return volumeOut;
    }

    @Override
    public int gate() {
        return gate;
    }

    @Override
    public boolean detecting() {
        return detecting;
    }

    @Override
    public Set<String> unheard() {
        return unheard;
    }

    @Override
    public Optional<Position> position() {
        return position;
    }

    @Override
    public VoiceRules voiceRules() {
        return voiceRules;
    }

    @Override
    public void onEnergy(int now, int gain) {
        energy = now;
        gainDecibels = gain;
    }

    @Override
    public void onSpurt(Voice.Spurt now) {
        spurt = now;
    }

    @Override
    public void onTalking(boolean talking) {
        events.add(talking ? "talks" : "stops");
    }

    @Override
    public void onClosed(End end) {
        events.add("closed " + end);
    }
}
