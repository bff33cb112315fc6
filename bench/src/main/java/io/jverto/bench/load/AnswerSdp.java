package io.jverto.bench.load;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Just enough of an answer to [Offer] to bring up media: any server's, so read by lines and not by our own rules.
///
/// @param levelExtension number under which RTP packets carry their level (RFC 6464); 0 when they are not to
record AnswerSdp(MediaPlan plan, int levelExtension) {
    private static final String LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    /// Numbers that a one-byte header can hold (RFC 8285 section 4.2).
    private static final int MAX_EXTENSION = 14;
    private static final int ADDRESS = 4;
    private static final int PORT = 5;

    /// @return what the answer agrees to; empty when it has no Opus, no ICE or no fingerprint
    static Optional<AnswerSdp> read(String sdp) {
        List<String> lines = sdp.lines().toList();
        Optional<String> ufrag = value(lines, "a=ice-ufrag:");
        Optional<String> password = value(lines, "a=ice-pwd:");
        Optional<String> fingerprint = value(lines, "a=fingerprint:");
        boolean opus = lines.stream().anyMatch(
                line -> line.toLowerCase(Locale.ROOT).startsWith("a=rtpmap:" + Offer.OPUS + " opus/48000"));
        if (ufrag.isEmpty() || password.isEmpty() || fingerprint.isEmpty() || !opus) {
            return Optional.empty();
        }
        String[] hash = fingerprint.get().split(" ", 2);
        // We offered actpass: who answers active is the client.
        boolean active = value(lines, "a=setup:").filter("active"::equals).isPresent();
        IcePlan transport = new IcePlan(
                new IceCredentials(ufrag.get(), password.get()),
                candidates(lines),
                true,
                active ? DtlsRole.SERVER : DtlsRole.CLIENT,
                new Fingerprint(hash[0].toLowerCase(Locale.ROOT), hash[hash.length - 1].strip().toUpperCase(Locale.ROOT)));
        return Optional.of(new AnswerSdp(new MediaPlan(transport, audio(), video(lines)), levelExtension(lines)));
    }

    private static AudioPlan audio() {
        return new AudioPlan(
                AudioCodec.OPUS, Offer.OPUS, 1, 1, 20, OpusSettings.DEFAULT, Offer.TELEPHONE_EVENT, 48_000, true, true);
    }

    private static Optional<VideoPlan> video(List<String> lines) {
        boolean accepted = lines.stream().anyMatch(line -> line.startsWith("m=video ") && !line.startsWith("m=video 0 "));
        VideoPlan plan = new VideoPlan(new VideoFormat(VideoCodec.VP8, Offer.VP8), Offer.RTX, new VideoPlan.Feedback(true, true, true, true, false),
                new VideoPlan.Extensions(0, Offer.SEND_TIME, 0), "1", 0, 0, true, true);
        return accepted ? Optional.of(plan) : Optional.empty();
    }

    private static int levelExtension(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("a=extmap:") && line.contains(LEVEL))
                .map(line -> line.substring("a=extmap:".length()).split("[/ ]")[0])
                .mapToInt(number -> number.matches("\\d{1,3}") ? Integer.parseInt(number) : 0)
                .filter(number -> number <= MAX_EXTENSION)
                .findFirst()
                .orElse(0);
    }

    private static Optional<String> value(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length()).strip()).findFirst();
    }

    private static List<InetSocketAddress> candidates(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("a=candidate:"))
                .map(line -> line.split(" "))
                .filter(field -> field.length > PORT && field[1].equals("1") && field[2].equalsIgnoreCase("udp"))
                .filter(field -> field[ADDRESS].matches("[0-9.]+"))
                .map(field -> new InetSocketAddress(InetAddress.ofLiteral(field[ADDRESS]), Integer.parseInt(field[PORT])))
                .toList();
    }
}
