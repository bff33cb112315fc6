package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Gain;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.mixer.TalkDetector;
import io.jverto.media.mixer.VoiceLevel;
import io.jverto.media.rtp.AudioLevel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One channel at a mixer: what it says, as a frame for the sum, and what it hears, as packets. [AudioMixer] leads it
/// through each tick. Owner: MIXER_TICK. ARCHITECTURE.md, Words.
@OwnedBy(Role.MIXER_TICK)
final class AudioPort {
    /// 160 ms: a jitter buffer has begun by then.
    private static final int PATIENCE = 8;
    private static final double FULL_SCALE = 32_768;

    private final PortSetup setup;
    private final PortControl control;
    private final AudioCounters counters;
    private final int mixChannels;
    private final StreamDecoder in;
    private final TxWriter out;
    private final TalkDetector talk;
    private final Gain gain = new Gain();
    private final VoiceLevel level = new VoiceLevel();
    private final int gateLevel;

    private final short[] received;
    private final Contribution contribution;
    private boolean speaking;
    private boolean talkingTold;
    private int energyTold;
    private int gainTold;
    private boolean inserted;
    private int quietGate = -1;
    private int quietVolume;
    private int quiet;
    /// Ticks for which nothing is sent as long as there is silence.
    private int patience;

    private final int bandwidthHz;
    private EncodeKey key;
    private @Nullable MixEncoder own;
    private @Nullable EncodeGroup group;
    private @Nullable FrameEncoder heard;

    AudioPort(PortSetup setup, PortControl control, int bandwidthHz, int mixChannels, int gate, AudioCounters counters) {
        this.setup = setup;
        this.control = control;
        this.counters = counters;
        this.mixChannels = mixChannels;
        this.bandwidthHz = bandwidthHz;
        this.in = new StreamDecoder(setup.plan(), setup.jitter(), setup.figures(), counters);
        this.out = new TxWriter(setup, counters);
        this.talk = new TalkDetector(gate);
        this.gateLevel = gate;
        this.received = new short[Frame.SAMPLES * in.channels()];
        this.contribution = new Contribution(mixChannels);
        this.patience = setup.patient() ? PATIENCE : 0;
        this.key = setup.key(mixChannels, bandwidthHz, control.volumeOut());
    }

    /// Reads what the next [#receive] is going to need.
    ///
    /// @return of no use but that it was read
    int preloadReceive() {
        return setup.rx().preloadPoll() + in.preload() + talk.energy() + level.gainDecibels() + control.gate();
    }

    /// Reads what the next [#send] is going to need.
    ///
    /// @return of no use but that it was read
    int preloadSend() {
        return setup.tx().preloadOffer() + out.preload();
    }

    String name() {
        return setup.name();
    }

    PortControl control() {
        return control;
    }

    /// Moves on what it says by 20 ms.
    ///
    /// @param flatToo whether somebody listens to [Contribution#flat]
    /// @return whether [#contribution] is to be mixed
    boolean receive(long nowNanos, boolean flatToo) {
        inserted = setup.inserts().begin(this);
        boolean open = !control.muted() && (inserted || setup.plan().receiving());
        boolean judged = open || control.detecting();
        boolean listened = setup.plan().receiving() && (inserted || judged);
        int gate = control.gate() < 0 ? gateLevel : control.gate();
        talk.gate(gate);
        in.quiet(inserted ? AudioLevel.SILENCE : quietLevel(gate, control.volumeIn()));
        if (listened) {
            in.drain(setup.rx());
        } else {
            in.drop(setup.rx());
        }
        if (!judged) {
            talk.reset();
        }
        boolean present = listened && in.next(nowNanos, received);
        if (inserted) {
            present = insert(present);
        }
        int score = judged && present ? amplifiedScore() : 0;
        speaking = judged && talk.onFrame(score) && open;
        if (present && speaking) {
            level.rules(control.voiceRules());
            level.apply(received, in.channels(), Frame.SAMPLES, score, talk.open());
        }
        tellEnergy();
        tellTalking();
        return contribute(present && speaking, flatToo);
    }

    /// A sender and we do not measure the same samples: what he says must lie 6 dB under the gate.
    ///
    /// @return the level beyond which nothing can be over the gate
    private int quietLevel(int gate, int volume) {
        if (gate != quietGate || volume != quietVolume) {
            quietGate = gate;
            quietVolume = volume;
            double decibels = 20 * Math.log10(2 * FULL_SCALE * Pcm.factor(volume) / Math.max(gate, 1));
            quiet = gate > 0 ? Math.clamp((int) Math.ceil(decibels), 0, AudioLevel.SILENCE - 1) : AudioLevel.SILENCE - 1;
        }
        return quiet;
    }

    /// @return whether there is a frame afterwards
    private boolean insert(boolean present) {
        if (!present) {
            Arrays.fill(received, (short) 0);
        }
        setup.inserts().said(received, in.channels());
        return present || Pcm.score(received, received.length) > 0;
    }

    /// Whether it hears something that is its alone, see [#encodeInserted].
    boolean inserted() {
        return inserted;
    }

    /// @return what it gives to this tick, if it does
    Contribution contribution() {
        return contribution;
    }

    boolean contributing() {
        return contribution.given();
    }

    /// @return whether it counts as a speaker, even if it has no frame in this tick: it must not hear itself
    boolean speaking() {
        return speaking;
    }

    /// @return what its packets are to be encoded as at the moment
    EncodeKey key() {
        if (key.volume() != control.volumeOut() || setup.outdates(key)) {
            key = setup.key(mixChannels, bandwidthHz, control.volumeOut());
        }
        return key;
    }

    boolean sending() {
        return setup.plan().sending();
    }

    /// Encodes the mix without itself, which nobody else hears.
    ///
    /// @param silent nobody else speaks
    void encodeOwn(int[] sum, boolean silent, long tick) {
        own().encode(sum, silent, tick);
    }

    /// Encodes what it hears by way of its inserts.
    ///
    /// @param sum what it would hear without them
    void encodeInserted(int[] sum, long tick) {
        own().encode(sum, setup.inserts(), tick);
    }

    private MixEncoder own() {
        MixEncoder encoder = own;
        if (encoder == null || !encoder.frames().key().equals(key)) {
            closeOwn();
            encoder = new MixEncoder(key, mixChannels, counters);
            own = encoder;
        }
        hear(encoder.frames());
        return encoder;
    }

    /// @return the group it belongs to, null before its first tick
    @Nullable EncodeGroup group() {
        return group;
    }

    void join(EncodeGroup joined) {
        group = joined;
        joined.join();
    }

    /// From now on it hears what `encoder` encodes.
    void hear(FrameEncoder encoder) {
        if (heard != encoder) {
            encoder.cutPrediction(heard);
            heard = encoder;
        }
    }

    /// Sends what it hears, if a packet is complete.
    void send(long tick, long nowNanos, Wakes wakes) {
        FrameEncoder encoder = heard;
        if (encoder == null || encoder.length() == 0 || patience > 0 && encoder.isReadyMade()) {
            patience = Math.max(0, patience - 1);
            return;
        }
        patience = 0;
        if (out.write(encoder, tick, nowNanos)) {
            wakes.add(setup.txReady());
        }
    }

    void close(PortListener.End end) {
        contribution.pause(); // a recording of it may still look
        setup.inserts().leave(this);
        in.close();
        closeOwn();
        // Where it failed, that may have been in this very call.
        setup.tellClosed(talkingTold && end != PortListener.End.FAILED, end);
    }

    private int amplifiedScore() {
        gain.apply(received, in.channels(), Frame.SAMPLES, Pcm.factor(control.volumeIn()));
        return Pcm.score(received, received.length);
    }

    private void tellEnergy() {
        if (talk.energy() != energyTold || level.gainDecibels() != gainTold) {
            energyTold = talk.energy();
            gainTold = level.gainDecibels();
            control.onEnergy(energyTold, gainTold);
        }
    }

    private void tellTalking() {
        if (talk.talking() != talkingTold) {
            talkingTold = talk.talking();
            if (!talkingTold) {
                control.onSpurt(talk.spurt());
            }
            setup.listener().onTalking(talkingTold);
        }
    }

    /// Begins with a fade-in. The end needs no fade: the gate closes on quiet frames, and a decoder's sound fades by itself.
    private boolean contribute(boolean wanted, boolean flatToo) {
        if (wanted) {
            if (!contribution.given()) {
                Pcm.fade(received, in.channels(), Frame.SAMPLES, 0, 1);
            }
            contribution.give(received, in.channels(), control.position(), flatToo);
        } else {
            contribution.pause();
        }
        return wanted;
    }

    private void closeOwn() {
        MixEncoder encoder = own;
        if (encoder != null) {
            own = null;
            encoder.frames().close();
        }
    }
}
