package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Position;
import io.jverto.media.plan.VoiceRules;
import io.jverto.media.plan.Recording;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.MediaService.MixerRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a call is heard in a stereo room, with real threads.
class PlaceTest extends EngineHarness {
    private static final int HEADER = 44;
    /// 100 ms of 48 kHz stereo.
    private static final int TAIL = 4_800 * 4;

    @TempDir Path folder;

    @Test
    void aCallIsHeardAtItsPlaceAndMovesFromThere() {
        Path file = folder.resolve("room.wav");
        MediaEngine engine = engine(1);
        MixerRef room = engine.openMixer("room", 48_000, 2);
        List<RecordingEnd> ends = Collections.synchronizedList(new ArrayList<>());
        room.record(new Recording(file, false, 0, Recording.Silence.NEVER), ends::add);
        Call call = connected(engine, PCMU);

        call.media().route(mix(room, new Position(-1, 0, 0)));
        assertThat(speakUntil(call, 0, loud(), () -> louderLeft(file) > 3)).as("left").isTrue();
        call.media().route(mix(room, new Position(1, 0, 0)));
        assertThat(speakUntil(call, 0, loud(), () -> louderLeft(file) < 1 / 3.0)).as("right").isTrue();

        room.close();
        assertThat(await(() -> !ends.isEmpty())).isTrue();
    }

    private static AudioRoute.Mix mix(MixerRef room, Position where) {
        return new AudioRoute.Mix(room, false, false, 0, 0, -1, false, Set.of(), Optional.of(where), VoiceRules.NONE);
    }

    private static byte[] loud() {
        byte[] loud = new byte[160];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = (byte) (i % 8 < 4 ? 0x95 : 0x15);
        }
        return loud;
    }

    /// @return how much louder the left is than the right at the end of the file; 1 as long as there is little in it
    private static double louderLeft(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < HEADER + TAIL) {
                return 1;
            }
            int from = HEADER + (bytes.length - HEADER - TAIL) / 4 * 4;
            ByteBuffer samples = ByteBuffer.wrap(bytes, from, TAIL).order(ByteOrder.LITTLE_ENDIAN);
            long left = 0;
            long right = 0;
            while (samples.remaining() >= 4) {
                left += Math.abs(samples.getShort());
                right += Math.abs(samples.getShort());
            }
            return left + right < 1_000_000 ? 1 : (double) left / right;
        } catch (IOException notThereYet) {
            return 1;
        }
    }
}
