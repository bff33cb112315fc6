package io.jverto.switchboard.negotiate;

import io.jverto.base.Broken;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.switchboard.negotiate.Negotiation.Agreed;
import io.jverto.switchboard.negotiate.Negotiation.Refused;
import io.jverto.wire.sdp.SdpText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Descriptions for tests: recorded ones, and our own side.
final class Descriptions {
    static final String OUR_HASH = "AB:".repeat(31) + "CD";
    static final String THEIR_HASH = "01:".repeat(31) + "EF";

    private Descriptions() {}

    static LocalMedia local() {
        return local("203.0.113.10");
    }

    static LocalMedia local(String address) {
        return new LocalMedia(
                new InetSocketAddress(InetAddress.ofLiteral(address), 16_384),
                new IceCredentials("Qm3vX8tY1pLw7ZrA", "b7Kd0sNfJ2yHgR5cVxE9uTqW"),
                new Fingerprint("sha-256", OUR_HASH),
                (int) 3_091_827_465L,
                "w8GfT2yQkP5nZcXb",
                "k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce",
                "4821950376");
    }

    static Terms terms() {
        return Terms.generous("opus,pcmu,pcma", 1_788_160_000);
    }

    static String recorded(String file) {
        try (InputStream in = Descriptions.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new Broken("no test file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            throw new Broken("cannot read " + file, gone);
        }
    }

    /// The smallest offer that works.
    static String offer(String... audioLines) {
        return lines(
                "v=0",
                "o=- 1 2 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8 110 126",
                "a=ice-ufrag:abcd",
                "a=ice-pwd:abcdefghijklmnopqrstuv",
                "a=fingerprint:sha-256 " + THEIR_HASH,
                "a=setup:actpass",
                "a=rtcp-mux",
                "a=rtpmap:111 opus/48000/2",
                "a=rtpmap:126 telephone-event/8000",
                "a=rtpmap:110 telephone-event/48000")
                + lines(audioLines);
    }

    static String lines(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append("\r\n");
        }
        return text.toString();
    }

    static Negotiation answer(String offer) {
        return Negotiator.answer(new SdpText(offer), local(), terms());
    }

    /// A call with that sound.
    static MediaPlan with(AudioPlan audio) {
        return new MediaPlan(new IcePlan(local().ice(), List.of(), false, DtlsRole.CLIENT, local().fingerprint()), audio);
    }

    /// The transport of a browser's plan.
    static IcePlan ice(MediaPlan plan) {
        return (IcePlan) plan.transport();
    }

    static MediaPlan plan(Negotiation negotiation) {
        return agreed(negotiation).plan();
    }

    static String text(Negotiation negotiation) {
        return agreed(negotiation).local().value();
    }

    static String reason(Negotiation negotiation) {
        return switch (negotiation) {
            case Refused(String reason) -> reason;
            case Agreed agreed -> throw new AssertionError("agreed: " + agreed);
        };
    }

    private static Agreed agreed(Negotiation negotiation) {
        return switch (negotiation) {
            case Agreed agreed -> agreed;
            case Refused(String reason) -> throw new AssertionError("refused: " + reason);
        };
    }
}
