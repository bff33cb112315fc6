package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Encodes one sound for all who hear it: gathers frames to packets, which all encoders of one key complete at the same tick,
/// and sends ready-made silence once the sound has been silent for a while. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
final class FrameEncoder {
    /// Silent frames that are really encoded, so that the sound before can fade out.
    private static final int RUN_OFF = 10;
    /// With DTX a silent packet goes out this often, in ticks (400 ms, as Opus does it).
    private static final int DTX_INTERVAL = 20;

    private static final int MAX_PAYLOAD = 1275;

    private final EncodeKey key;
    private final AudioCounters counters;
    /// Made when there is something to encode: nobody may ever speak.
    private @Nullable AudioEncoder encoder;
    private boolean cut;
    private final byte[] silence;
    private final byte[] encoded = new byte[MAX_PAYLOAD];
    private final short[] gathered;
    private long lastTick = Long.MIN_VALUE;
    private int silentFrames = RUN_OFF;
    private byte[] payload = encoded;
    private int length;

    FrameEncoder(EncodeKey key, AudioCounters counters) {
        this.key = key;
        this.counters = counters;
        this.silence = SilentPayload.of(key);
        this.gathered = new short[key.frames() * Frame.SAMPLES * key.channels()];
    }

    EncodeKey key() {
        return key;
    }

    /// One more listens, who followed another stream so far.
    ///
    /// @param before which one: an encoder that begins only now, or begins again, is led in by the last of that. Null for none
    void cutPrediction(@Nullable FrameEncoder before) {
        if (before != null && before.lastTick > lastTick && before.canLeadIn(this)) {
            encoder().encode(before.gathered, key.frames() * Frame.SAMPLES, encoded, 0);
        }
        cut = true;
    }

    /// Whether what was encoded last was a whole packet, and sound that the other takes.
    private boolean canLeadIn(FrameEncoder other) {
        return !isReadyMade()
                && Math.floorMod(lastTick + 1, (long) key.frames()) == 0
                && key.frames() == other.key.frames()
                && key.channels() == other.key.channels();
    }

    /// Takes the next 20 ms. Afterwards [#length] tells whether there is a packet to send.
    ///
    /// @param pcm with the channels of the key
    /// @param silent nobody speaks in it
    void encode(short[] pcm, boolean silent, long tick) {
        int frames = key.frames();
        int part = (int) Math.floorMod(tick, (long) frames);
        if (lastTick != tick - 1) {
            Arrays.fill(gathered, (short) 0); // what was gathered before a pause belongs to another packet
        }
        lastTick = tick;
        silentFrames = silent ? Math.min(silentFrames + 1, RUN_OFF + frames) : 0;
        int values = Frame.SAMPLES * key.channels();
        System.arraycopy(pcm, 0, gathered, part * values, values);
        length = 0;
        if (part == frames - 1) {
            finish(tick);
        }
    }

    /// @return bytes of [#payload] to send at this tick; 0 when there is nothing to send
    int length() {
        return length;
    }

    byte[] payload() {
        return payload;
    }

    boolean isReadyMade() {
        return payload == silence;
    }

    /// @return the RTP time of the first sample of the packet that is complete at `tick`
    int timestamp(long tick) {
        return (int) ((tick - key.frames() + 1) * key.frameTicks());
    }

    void close() {
        AudioEncoder made = encoder;
        if (made != null) {
            encoder = null;
            made.close();
        }
    }

    private void finish(long tick) {
        if (silentFrames >= RUN_OFF + key.frames()) {
            payload = silence;
            length = key.opus().dtx() && Math.floorMod(tick, (long) DTX_INTERVAL) >= key.frames() ? 0 : silence.length;
            return;
        }
        payload = encoded;
        length = Math.max(0, encoder().encode(gathered, key.frames() * Frame.SAMPLES, encoded, 0));
        counters.audio().increment(AudioCount.FRAMES_ENCODED);
        if (key.opus().dtx() && length <= 2) {
            length = 0; // the encoder says that this need not be sent (RFC 6716 section 2.1.9)
        }
    }

    private AudioEncoder encoder() {
        AudioEncoder made = encoder;
        if (made == null) {
            made = AudioCodecs.liveEncoder(key.codec(), key.channels(), key.opus(), key.bandwidthHz());
            encoder = made;
        }
        if (cut) {
            cut = false;
            made.cutPrediction();
        }
        return made;
    }
}
