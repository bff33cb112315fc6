package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.base.time.SystemTime;
import io.jverto.media.ice.IceCounter;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.transport.TransportCount;
import io.jverto.medialoop.file.Wav;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.switchboard.port.MediaService.MixerRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole media path over loopback, with real threads; each wait is for something that happens, and bounded.
class MediaEngineTest extends EngineHarness {

    @Test
    void echoGivesBackWhatTheClientSays() {
        MediaEngine engine = engine(1);
        Call call = connected(engine, OPUS);
        call.media().route(new AudioRoute.Echo());

        List<MediaClient.Received> got = converse(call, 111, call, 10);

        assertThat(got).allMatch(packet -> packet.type() == 111 && packet.ssrc() == call.media().local().audioSsrc());
        assertThat(call.heard().noted).extracting(note -> note.getClass().getSimpleName()).containsExactly("PathFound", "HandshakeBegun", "FirstReceived", "FirstSent");
        assertThat(got.getFirst().marker()).isTrue();
        for (int i = 1; i < got.size(); i++) {
            int gap = got.get(i).sequence() - got.get(i - 1).sequence() & 0xffff;
            assertThat(got.get(i).timestamp() - got.get(i - 1).timestamp()).isEqualTo(gap * 960);
        }
        assertThat(call.media().stats().packetsRx()).isGreaterThanOrEqualTo(10);
        assertThat(call.media().stats().packetsTx()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void twoCallsOfOneLoopAreRelayedWithTheirOwnPayloadTypes() {
        bridgeOfTwo(engine(1));
    }

    @Test
    void twoCallsOfDifferentLoopsAreRelayedToo() {
        bridgeOfTwo(engine(2));
    }

    private void bridgeOfTwo(MediaEngine engine) {
        Call one = connected(engine, OPUS);
        Call two = connected(engine, OTHER_OPUS);
        engine.bridge(one.media(), two.media());

        assertThat(converse(one, 111, two, 5)).allMatch(packet -> packet.type() == 96);
        assertThat(converse(two, 96, one, 5)).allMatch(packet -> packet.type() == 111);

        one.client().sendDigit('8', 100);
        assertThat(one.heard().awaits("digit 8 100")).isTrue();
        assertThat(two.client().heard.awaits("digit 8 100")).isTrue();
    }

    @Test
    void aClientThatLostEverythingComesBackToTheSameSourceAndPort() {
        MediaEngine engine = engine(1);
        Call before = connected(engine, OPUS);
        before.media().route(new AudioRoute.Echo());
        int lastSequence = converse(before, 111, before, 3).getLast().sequence();
        LocalMedia old = before.media().local();

        LocalMedia renewed = before.media().renew();
        converse(before, 111, before, 3);
        MediaClient again = closing(new MediaClient(identity(), RANDOM));
        before.media().apply(again.planForServer(OPUS));
        again.connect(renewed, OPUS);

        assertThat(renewed.ice()).isNotEqualTo(old.ice());
        assertThat(renewed.address()).isEqualTo(old.address());
        assertThat(again.heard.awaits("connected")).isTrue();
        Call after = new Call(before.media(), again, before.heard());
        List<MediaClient.Received> got = converse(after, 111, after, 3);
        assertThat(got).allMatch(packet -> packet.ssrc() == old.audioSsrc());
        assertThat(got.getFirst().sequence() - lastSequence & 0xffff).isBetween(1, 1_000);
    }

    @Test
    void aCallConnectsByACandidateThatCameLate() {
        MediaEngine engine = engine(1);
        Heard heard = new Heard();
        MediaRef media = open(engine, heard);
        MediaClient client = client();
        media.apply(client.planWithoutCandidates(OPUS));
        client.listen(media.local(), OPUS);

        media.candidates(List.of(client.candidate()));

        assertThat(heard.awaits("connected")).isTrue();
        media.route(new AudioRoute.Echo());
        Call call = new Call(media, client, heard);
        converse(call, 111, call, 3);
        assertThat(engine.counters().ice().get(IceCounter.PAIR_LEARNED)).isZero();
    }

    @Test
    void aRestartOfIceThatIsTrickledKeepsTheKeysAndTheSound() {
        MediaEngine engine = engine(1);
        Call call = connected(engine, OPUS);
        call.media().route(new AudioRoute.Echo());
        int lastSequence = converse(call, 111, call, 3).getLast().sequence();

        call.client().renew();
        LocalMedia renewed = call.media().renew();
        call.media().apply(call.client().planWithoutCandidates(OPUS));
        converse(call, 111, call, 3); // over the old pair, while nothing leads to a new one
        assertThat(engine.counters().ice().get(IceCounter.RESTARTED)).isZero();
        call.client().listen(renewed, OPUS);
        call.media().candidates(List.of(call.client().candidate()));

        assertThat(await(() -> engine.counters().ice().get(IceCounter.RESTARTED) == 1)).isTrue();
        List<MediaClient.Received> got = converse(call, 111, call, 3);
        assertThat(got.getFirst().sequence() - lastSequence & 0xffff).isBetween(1, 1_000);
        assertThat(engine.counters().transport().get(TransportCount.HANDSHAKES)).isEqualTo(1);
        assertThat(call.heard().isQuiet()).isTrue();
    }

    @Test
    void aCandidateForACallThatIsClosedHarmsNobody() {
        MediaEngine engine = engine(1);
        Call call = connected(engine, OPUS);

        call.media().close();
        call.media().candidates(List.of(call.client().candidate()));

        assertThat(await(() -> engine.counters().transport().get(TransportCount.NOT_APPLIED) > 0)).isTrue();
        assertThat(await(() -> engine.entries() == 0)).isTrue();
    }

    @Test
    void whatIsPausedIsSilentAndGoesOnAsBefore() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, OPUS);
        Call two = connected(engine, OTHER_OPUS);
        engine.bridge(one.media(), two.media());
        converse(one, 111, two, 3);

        one.media().pause(true);
        two.media().route(new AudioRoute.Echo());
        converse(two, 96, two, 3);
        one.media().pause(false);
        engine.bridge(one.media(), two.media());

        converse(one, 111, two, 3);
        converse(two, 96, one, 3);
    }

    @Test
    void whatIsInterruptedGoesOnAsBefore() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, OPUS);
        Call two = connected(engine, OTHER_OPUS);
        engine.bridge(one.media(), two.media());
        converse(one, 111, two, 3);

        one.media().interrupt(new AudioRoute.Echo());
        assertThat(converse(one, 111, one, 3)).allMatch(packet -> packet.type() == 111);
        two.media().interrupt(new AudioRoute.Echo());
        converse(two, 96, two, 3);
        converse(one, 111, one, 3);
        one.media().goOn();
        converse(two, 96, two, 3);
        two.media().goOn();

        converse(one, 111, two, 3);
        converse(two, 96, one, 3);
    }

    @Test
    void whatIsSetDuringAnInterruptionCountsAfterwards() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, OPUS);
        Call two = connected(engine, OTHER_OPUS);
        two.media().route(new AudioRoute.Echo());

        one.media().interrupt(new AudioRoute.Echo());
        engine.bridge(one.media(), two.media());
        converse(one, 111, one, 3);
        one.media().goOn();
        converse(one, 111, two, 3);

        one.media().interrupt(new AudioRoute.Echo());
        two.media().route(new AudioRoute.Echo());
        converse(one, 111, one, 3);
        converse(two, 96, two, 3);
    }

    @Test
    void aBridgeByAMixerGoesOnAfterAnInterruption() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, PCMU);
        Call two = connected(engine, PCMA);
        engine.bridge(one.media(), two.media());

        two.media().interrupt(new AudioRoute.Echo());
        converse(two, 8, two, 3);
        two.media().goOn();

        assertThat(hears(one, 0, two)).isTrue();
        assertThat(hears(two, 8, one)).isTrue();
    }

    @Test
    void aBridgeEndsWhenEitherIsRoutedElsewhere() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, OPUS);
        Call two = connected(engine, OTHER_OPUS);
        engine.bridge(one.media(), two.media());
        converse(one, 111, two, 3);

        two.media().route(new AudioRoute.Echo());
        converse(two, 96, two, 3);
        drain(two);
        one.client().speak(111, 0, (byte) 77);
        assertThat(converse(two, 96, two, 5)).noneMatch(packet -> packet.payload()[0] == 77);
    }

    @Test
    void differentCodecsAreBridgedByAMixer() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, PCMU);
        Call two = connected(engine, PCMA);
        engine.bridge(one.media(), two.media());

        assertThat(hears(one, 0, two)).isTrue();
        assertThat(hears(two, 8, one)).isTrue();
    }

    @Test
    void digitsPassARelayFromAnotherClockIntoThatOfTheAudio() {
        MediaEngine engine = engine(2);
        Call one = connected(engine, OPUS);
        Call two = connected(engine, plan(AudioCodec.OPUS, 96, 126, 8_000));
        engine.bridge(one.media(), two.media());

        two.client().sendDigit('9', 100);
        assertThat(one.client().heard.awaits("digit 9 100")).isTrue();
    }

    @Test
    void membersOfAMixerHearEachOther() {
        MediaEngine engine = engine(2);
        MixerRef mixer = engine.openMixer("room", 48_000, 1);
        Call one = connected(engine, PCMU);
        Call two = connected(engine, PCMU);
        one.media().route(new AudioRoute.Mix(mixer, false, false));
        two.media().route(new AudioRoute.Mix(mixer, false, false));

        assertThat(hears(one, 0, two)).isTrue();
        assertThat(one.heard().awaits("talking true")).isTrue();
        mixer.close();
    }

    @Test
    void aSoundIsPlayedAndItsEndReported() {
        MediaEngine engine = engine(1);
        Call call = connected(engine, PCMU);

        call.media().route(new AudioRoute.Play(new Sound.Tone("%(200,0,440)"), 42));

        assertThat(call.heard().awaits("playback 42")).isTrue();
        assertThat(await(() -> call.client().poll().isPresent())).isTrue();
    }

    @Test
    void aSoundThatIsNoneEndsAtOnce() {
        MediaEngine engine = engine(1);
        Call call = connected(engine, PCMU);

        call.media().route(new AudioRoute.Play(new Sound.Tone("%(not a tone"), 43));

        assertThat(call.heard().awaits("playback 43 BROKEN")).isTrue();
    }

    @Test
    void aFileIsPlayedByAThreadOfItsOwn(@TempDir Path folder) throws IOException {
        MediaEngine engine = engine(1);
        Call call = connected(engine, PCMU);
        Path file = new Wav(1, 16, 44_100, 440).write(folder.resolve("a.wav"), 0.3);

        call.media().route(new AudioRoute.Play(new Sound.File(file, 0), 44));
        assertThat(call.heard().awaits("playback 44")).isTrue();
        assertThat(await(() -> call.client().poll().isPresent())).isTrue();

        call.media().route(new AudioRoute.Play(new Sound.File(folder, 0), 45));
        assertThat(call.heard().awaits("playback 45 BROKEN")).isTrue();
        assertThat(await(() -> engine.ticks().openFiles() == 0)).isTrue();
    }

    @Test
    void aFileThatIsInterruptedGoesOnToItsEndAndIsClosed(@TempDir Path folder) throws IOException {
        MediaEngine engine = engine(1);
        Call call = connected(engine, PCMU);
        Path file = new Wav(1, 16, 16_000, 440).write(folder.resolve("a.wav"), 1.5);
        Path other = new Wav(1, 16, 16_000, 440).write(folder.resolve("b.wav"), 60);

        call.media().route(new AudioRoute.Play(new Sound.File(file, 0), 46));
        assertThat(await(() -> engine.ticks().openFiles() == 1)).isTrue();
        call.media().interrupt(new AudioRoute.Play(new Sound.File(other, 0), 47));
        assertThat(await(() -> engine.ticks().openFiles() == 2)).isTrue();
        call.media().goOn();

        assertThat(call.heard().awaits("playback 46")).isTrue();
        assertThat(await(() -> engine.ticks().openFiles() == 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.wav", "a.ogg"})
    void whatAChannelSaysIsRecordedUntilItIsRoutedElsewhere(String name, @TempDir Path folder) throws IOException {
        MediaEngine engine = engine(1);
        Call call = connected(engine, PCMU);
        Path file = folder.resolve(name);

        call.media().route(new AudioRoute.Record(new Recording(file, false, 0, Recording.Silence.NEVER), 7));
        assertThat(await(() -> file.toFile().length() > 200)).isTrue();
        call.media().route(new AudioRoute.Silent());

        assertThat(call.heard().awaits("recording 7 STOPPED")).isTrue();
        assertThat(await(() -> engine.ticks().openFiles() == 0)).isTrue();
    }

    @Test
    void aBridgeThatIsRecordedPassesSoundAndDigitsAsBefore(@TempDir Path folder) {
        MediaEngine engine = engine(2);
        Call one = connected(engine, PCMU);
        Call two = connected(engine, PCMU);
        Recording recording = new Recording(folder.resolve("a.wav"), false, 0, Recording.Silence.NEVER);
        one.media().recordSession(recording, Recording.Sides.OWN_LEFT, 8);
        engine.bridge(one.media(), two.media());

        assertThat(hears(one, 0, two)).isTrue();
        assertThat(hears(two, 0, one)).isTrue();
        two.client().sendDigit('9', 100);
        assertThat(one.client().heard.awaits("digit 9 100")).isTrue();
        assertThat(await(() -> recording.path().toFile().length() > 44)).isTrue();

        one.media().stopRecording(8);
        assertThat(one.heard().awaits("recording 8 STOPPED")).isTrue();
        converse(one, 0, two, 3);
        one.media().recordSession(recording, Recording.Sides.MIXED, 9);
        one.media().close();
        assertThat(one.heard().awaits("recording 9 STOPPED")).isTrue();
    }

    @Test
    void digitsComeAndGo() {
        MediaEngine engine = engine(1);
        Call call = connected(engine, OPUS);

        call.client().sendDigit('#', 120);
        assertThat(call.media().sendDtmf('A', 0)).isTrue();

        assertThat(call.heard().awaits("digit # 120")).isTrue();
        assertThat(call.client().heard.awaits("digit A 250")).isTrue();
    }

    @Test
    void s22AWrongCertificateEndsTheCall() {
        MediaEngine engine = engine(1);
        Heard heard = new Heard();
        MediaRef media = open(engine, heard);
        MediaClient client = client();
        Fingerprint wrong = new Fingerprint("sha-256", CLIENT.fingerprint().value().replace('0', 'F').replaceFirst(".", "0"));
        media.route(new AudioRoute.Echo());
        media.apply(client.planForServer(OPUS, wrong));
        client.connect(media.local(), OPUS);

        assertThat(heard.next()).contains("failed DTLS");
        assertThat(engine.counters().transport().get(TransportCount.CONNECTED)).isZero();
    }

    @Test
    void aClientThatMayNotBeAnywhereIsNotAnsweredAndNotAsked() {
        MediaEngine engine = engine(1);
        Heard heard = new Heard();
        MediaRef media = open(engine, MediaRules.DEFAULT.withCandidates(List.of(_ -> false)), heard);
        MediaClient client = client();
        media.apply(client.planForServer(OPUS));
        client.connect(media.local(), OPUS);

        assertThat(await(() -> engine.counters().ice().get(IceCounter.REQUEST_DENIED) > 1)).isTrue();
        assertThat(engine.counters().ice().get(IceCounter.CANDIDATE_DENIED)).isEqualTo(1);
        assertThat(engine.counters().loop().get(LoopCount.DATAGRAMS_TX)).isZero();
        assertThat(heard.isQuiet()).isTrue();
    }

    @Test
    void s17JunkFromStrangersIsCountedAndDisturbsNobody() throws IOException {
        MediaEngine engine = engine(1);
        Call call = connected(engine, OPUS);
        call.media().route(new AudioRoute.Echo());

        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 300; i++) {
                byte[] junk = new byte[100];
                RANDOM.nextBytes(junk);
                junk[0] = (byte) (i % 3 == 0 ? 0 : i % 3 == 1 ? 22 : 0x80);
                junk[1] = (byte) (i % 2 == 0 ? 1 : 0x6f);
                stranger.send(new DatagramPacket(junk, junk.length, call.media().local().address()));
            }
        }

        assertThat(converse(call, 111, call, 10)).isNotEmpty();
        assertThat(await(() -> engine.counters().loop().get(LoopCount.UNKNOWN_ADDRESS) == 200)).isTrue();
        assertThat(engine.counters().loop().get(LoopCount.UNKNOWN_UFRAG)
                        + engine.counters().loop().get(LoopCount.UNKNOWN_TRANSACTION)
                        + engine.counters().loop().get(LoopCount.BINDINGS_DROPPED))
                .isEqualTo(100);
    }

    @Test
    void aStrangerWhoAsksPlainlyIsToldHisOwnAddress() throws IOException {
        MediaEngine engine = engine(1);

        assertThat(StunQuery.ask(InetAddress.getLoopbackAddress(), engine.addresses().getFirst(), RANDOM))
                .hasValueSatisfying(seen -> assertThat(seen.getAddress().isLoopbackAddress()).isTrue());
        assertThat(engine.counters().loop().get(LoopCount.BINDINGS_ANSWERED)).isOne();
    }

    /// Attacks S18 and S19 at the socket: whatever a stranger asks under a name, nothing at all comes back to it.
    @Test
    void s18AStrangerGetsNoAnswerToAnyQuestionOfStunOrTurn() throws IOException {
        MediaEngine engine = engine(1);
        Call call = connected(engine, OPUS);
        call.media().route(new AudioRoute.Echo());
        String ufrag = call.media().local().ice().ufrag();
        List<byte[]> questions = new ArrayList<>();
        for (int method : new int[] {0x0001, 0x0003, 0x0004, 0x0008, 0x0009, 0x0016}) {
            for (String username : List.of("", ufrag, ufrag + ":guess", "guess:" + ufrag, "x".repeat(300))) {
                questions.add(question(method, username));
            }
        }

        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (byte[] question : questions) {
                stranger.send(new DatagramPacket(question, question.length, call.media().local().address()));
            }
            // When the loop answers what came later, it has read what came before.
            long read = engine.counters().loop().get(LoopCount.DATAGRAMS_RX) + questions.size();
            assertThat(await(() -> engine.counters().loop().get(LoopCount.DATAGRAMS_RX) >= read)).isTrue();
            assertThat(converse(call, 111, call, 10)).isNotEmpty();

            stranger.setSoTimeout(1);
            assertThatThrownBy(() -> stranger.receive(new DatagramPacket(new byte[1_500], 1_500)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    /// A STUN request without integrity (RFC 8489 sections 5 and 14.3).
    private static byte[] question(int method, String username) {
        byte[] name = username.getBytes(StandardCharsets.US_ASCII);
        int padded = name.length + 3 & ~3;
        ByteBuffer bytes = ByteBuffer.allocate(20 + 4 + padded);
        bytes.putShort((short) method).putShort((short) (4 + padded)).putInt(0x2112_a442).putLong(RANDOM.nextLong()).putInt(RANDOM.nextInt());
        bytes.putShort((short) 0x0006).putShort((short) name.length).put(name);
        return bytes.array();
    }

    @Test
    void closeFreesEverything() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, OPUS);
        Call two = connected(engine, OPUS);
        engine.bridge(one.media(), two.media());
        converse(one, 111, two, 3);

        one.media().close();
        one.media().close();
        one.media().route(new AudioRoute.Echo());
        two.media().close();

        assertThat(await(() -> engine.counters().loop().get(LoopCount.TRANSPORTS_CLOSED) == 2)).isTrue();
        assertThat(await(() -> engine.entries() == 0)).isTrue();
    }

    @Test
    void aPlanBeforeOrAfterTheRouteIsTheSame() {
        MediaEngine engine = engine(1);
        Heard heard = new Heard();
        MediaRef media = open(engine, heard);
        media.route(new AudioRoute.Echo());
        MediaClient client = client();
        media.apply(client.planForServer(OPUS));
        client.connect(media.local(), OPUS);
        assertThat(heard.awaits("connected")).isTrue();

        assertThat(converse(new Call(media, client, heard), 111, new Call(media, client, heard), 3)).isNotEmpty();
    }

    @Test
    void theExternalAddressIsForStrangersOnly() throws IOException {
        InetAddress external = InetAddress.getByName("203.0.113.7");
        InetAddress neighbour = InetAddress.getByName("192.168.1.9");
        MediaConfig config = new MediaConfig(
                List.of(InetAddress.getLoopbackAddress()), Optional.of(external), neighbour::equals, 16_384, 32_768, 1);
        AdvertisedAddress advertised = new AdvertisedAddress(config.extRtpIp(), config.localNetworks());
        InetAddress bound = InetAddress.getLoopbackAddress();

        assertThat(advertised.of(bound, Optional.of(InetAddress.getByName("198.51.100.1")))).isEqualTo(external);
        assertThat(advertised.of(bound, Optional.empty())).isEqualTo(external);
        assertThat(advertised.of(bound, Optional.of(neighbour))).isEqualTo(bound);
        assertThat(advertised.of(bound, Optional.of(bound))).isEqualTo(bound);
        advertised.external(InetAddress.getByName("203.0.113.9"));
        assertThat(advertised.of(bound, Optional.of(InetAddress.getByName("198.51.100.1")))).isEqualTo(InetAddress.getByName("203.0.113.9"));
        InetAddress any = InetAddress.getByName("0.0.0.0");
        assertThat(advertised.of(any, Optional.of(bound)).isLoopbackAddress()).isTrue();
    }

    @Test
    void aForeignAddressIsRefusedWithWhatToDo() throws IOException {
        MediaConfig config = new MediaConfig(
                List.of(InetAddress.getByName("203.0.113.7")), Optional.empty(), any -> false, 16_384, 32_768, 1);

        assertThatThrownBy(() -> new MediaEngine(config, SERVER, RANDOM, new SystemTime(), MediaCounters.create()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("rtp-ip 203.0.113.7");
    }
}
