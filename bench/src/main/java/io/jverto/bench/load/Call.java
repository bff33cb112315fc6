package io.jverto.bench.load;

import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/// One call: a dialog, and its media if there are to be any.
final class Call {
    /// Where nobody listens (the discard port of this machine): the server's checks of a signalling-only call go nowhere.
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    private static final int NO_VIDEO = -1;
    private static final Fingerprint NOBODY = new Fingerprint("sha-256", "AB:".repeat(31) + "AB");

    private final Dialog dialog;
    private final IceCredentials ice;
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final Optional<MediaPeer> media;
    private final Fingerprint fingerprint;
    /// Of the video that it sends; 0 to see only, below that there is none.
    private final int videoKbps;
    private final boolean stereo;

    private Call(Dialog dialog, Optional<MediaPeers> peers, Clip clip, int start, int videoKbps, boolean stereo) {
        this.videoKbps = videoKbps;
        this.stereo = stereo;
        this.dialog = dialog;
        String random = UUID.randomUUID().toString().replace("-", "");
        this.ice = new IceCredentials(random.substring(0, 4), random.substring(4, 28));
        this.fingerprint = peers.map(MediaPeers::fingerprint).orElse(NOBODY);
        this.media = peers.map(some -> open(some, clip, start));
    }

    /// Without media.
    static Call silent(Dialog dialog) {
        return new Call(dialog, Optional.empty(), Clip.FILLER, 0, NO_VIDEO, false);
    }

    /// @param clip what it says again and again
    /// @param start frame of the clip that it begins with
    /// @param stereo whether it takes two channels
    static Call saying(Dialog dialog, MediaPeers peers, Clip clip, int start, boolean stereo) {
        return new Call(dialog, Optional.of(peers), clip, start, NO_VIDEO, stereo);
    }

    /// With video.
    ///
    /// @param kbps of what it sends; 0 to see only
    static Call seeing(Dialog dialog, MediaPeers peers, Clip clip, int kbps) {
        return new Call(dialog, Optional.of(peers), clip, 0, kbps, false);
    }

    private MediaPeer open(MediaPeers peers, Clip clip, int start) {
        try {
            return peers.open(ice, ssrc, clip, start);
        } catch (IOException noSocket) {
            throw new CannotLoad("no socket for media: " + noSocket.getMessage());
        }
    }

    Optional<MediaPeer> media() {
        return media;
    }

    /// @return done with the server's SDP when the call is answered
    CompletableFuture<String> invite() {
        InetSocketAddress address = media.map(MediaPeer::local).orElse(NOWHERE);
        String mono = Offer.text(address, ice, fingerprint, ssrc, ThreadLocalRandom.current());
        String sound = stereo ? Offer.inStereo(mono) : mono;
        return dialog.invite(videoKbps == NO_VIDEO ? sound : Offer.withVideo(sound, ssrc, videoKbps > 0 ? "sendrecv" : "recvonly"));
    }

    /// @return done when ICE and DTLS are up; at once without media
    CompletableFuture<Void> connect(String sdp) {
        if (media.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Optional<AnswerSdp> answer = AnswerSdp.read(sdp);
        if (answer.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException("the answer has no Opus, no ICE or no fingerprint"));
        }
        media.get().connect(answer.get(), Math.max(0, videoKbps));
        return media.get().up();
    }

    /// @return done when something was heard; at once without media
    CompletableFuture<Void> heard() {
        return media.map(MediaPeer::heard).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /// @return done with the reason when the server ends the call by itself
    CompletableFuture<String> ended() {
        return dialog.ended();
    }

    CompletableFuture<Void> bye() {
        media.ifPresent(MediaPeer::close);
        return dialog.bye();
    }
}
