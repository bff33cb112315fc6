package io.jverto.bench.load;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.OpusSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads just enough of an answer to [Offer] to bring up media: any server's, so by lines and not by our own rules.
final class AnswerSdp {
    private static final int ADDRESS = 4;
    private static final int PORT = 5;

    private final List<String> lines;

    private AnswerSdp(String sdp) {
        this.lines = sdp.lines().toList();
    }

    /// @return what the answer agrees to; empty when it has no Opus, no ICE or no fingerprint
    static Optional<MediaPlan> plan(String sdp) {
        AnswerSdp answer = new AnswerSdp(sdp);
        Optional<String> ufrag = answer.value("a=ice-ufrag:");
        Optional<String> password = answer.value("a=ice-pwd:");
        Optional<String> fingerprint = answer.value("a=fingerprint:");
        boolean opus = answer.lines.stream().anyMatch(
                line -> line.toLowerCase(Locale.ROOT).startsWith("a=rtpmap:" + Offer.OPUS + " opus/48000"));
        if (ufrag.isEmpty() || password.isEmpty() || fingerprint.isEmpty() || !opus) {
            return Optional.empty();
        }
        String[] hash = fingerprint.get().split(" ", 2);
        // We offered actpass: who answers active is the client.
        boolean active = answer.value("a=setup:").filter("active"::equals).isPresent();
        IcePlan transport = new IcePlan(
                new IceCredentials(ufrag.get(), password.get()),
                answer.candidates(),
                true,
                active ? DtlsRole.SERVER : DtlsRole.CLIENT,
                new Fingerprint(hash[0].toLowerCase(Locale.ROOT), hash[hash.length - 1].strip().toUpperCase(Locale.ROOT)));
        return Optional.of(new MediaPlan(transport, audio()));
    }

    private static AudioPlan audio() {
        return new AudioPlan(
                AudioCodec.OPUS, Offer.OPUS, 1, 1, 20, OpusSettings.DEFAULT, Offer.TELEPHONE_EVENT, 48_000, true, true);
    }

    private Optional<String> value(String start) {
        return lines.stream().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length()).strip()).findFirst();
    }

    private List<InetSocketAddress> candidates() {
        return lines.stream()
                .filter(line -> line.startsWith("a=candidate:"))
                .map(line -> line.split(" "))
                .filter(field -> field.length > PORT && field[1].equals("1") && field[2].equalsIgnoreCase("udp"))
                .filter(field -> field[ADDRESS].matches("[0-9.]+"))
                .map(field -> new InetSocketAddress(InetAddress.ofLiteral(field[ADDRESS]), Integer.parseInt(field[PORT])))
                .toList();
    }
}
