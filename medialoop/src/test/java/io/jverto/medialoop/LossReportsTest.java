package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.MediaService.Playing;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What receiver reports of a peer change in what is encoded for it: from the socket through its media loop to its mixer's thread.
class LossReportsTest extends EngineHarness {
    private static final int SECOND = 50;

    @Test
    void aMemberWhoseReportsSayThatItLosesPacketsGetsRedundancyAndAnotherDoesNot() throws SocketException {
        MediaEngine engine = engine(1);
        MixerRef mixer = engine.openMixer("room", 48_000, 1);
        Heard heard = new Heard();
        MediaRef media = open(engine, heard);
        LossyRelay relay = closing(new LossyRelay(media.local().address()));
        MediaClient client = client();
        media.apply(client.planWithoutCandidates(OPUS));
        client.connectBy(relay.address(), media.local(), OPUS);
        assertThat(heard.awaits("connected")).isTrue();
        Call losing = new Call(media, client, heard);
        Call well = connected(engine, OPUS);
        for (Call call : List.of(losing, well)) {
            call.media().route(new AudioRoute.Mix(mixer, true, false));
        }
        mixer.play(new Sound.Tone("%(60000,0,400)"), Playing.TO_ALL, _ -> {});
        List<Boolean> redundant = new ArrayList<>();
        assertThat(await(() -> {
            collect(losing, packet -> redundant.add(isRedundant(packet)));
            return redundant.size() >= SECOND;
        })).isTrue();
        assertThat(redundant).as("nothing is lost yet").doesNotContain(true);

        relay.loseOneOf(4);

        assertThat(await(() -> {
            collect(losing, packet -> redundant.add(isRedundant(packet)));
            return redundant.getLast();
        })).isTrue();
        drain(well);
        List<Boolean> ofOther = new ArrayList<>();
        assertThat(await(() -> {
            collect(well, packet -> ofOther.add(isRedundant(packet)));
            return ofOther.size() >= SECOND / 2;
        })).isTrue();
        assertThat(ofOther).as("who loses nothing pays nothing").doesNotContain(true);
        mixer.close();
    }

    /// RFC 6716 section 3.1: configurations below 16 have a part of SILK, in which redundancy is.
    private static boolean isRedundant(MediaClient.Received packet) {
        return (packet.payload()[0] & 0xff) >> 3 < 16;
    }
}
