package io.jverto.switchboard.channel;

import io.jverto.base.Broken;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.negotiate.RemoteCandidates;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.DirectMedia;
import io.jverto.switchboard.port.MediaListener.Failure;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.wire.sdp.TrickledCandidate;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The media of one channel: opened once, closed once.
@OwnedBy(Role.CHANNEL)
final class ChannelMedia {
    /// Candidates that may come after one description, as many as may stand in it.
    private static final int MAX_LATE = 32;

    private final MediaService service;
    private MediaRules rules = MediaRules.DEFAULT;
    private @Nullable MediaRef ref;
    private @Nullable MediaPlan agreed;
    /// Candidates for a description that has not been looked at yet.
    private final List<RemoteCandidate> early = new ArrayList<>();
    private boolean wired;
    /// What is agreed was so before the server was started again.
    private boolean awaitsClient;
    private int late;
    private long playbacks;
    /// Whether something else is done in between, and whether it has made a sound.
    private boolean inBetween;
    private boolean interrupted;

    ChannelMedia(MediaService service) {
        this.service = service;
    }

    /// What the client's profile says; counts from [#open].
    void rules(MediaRules ofProfile) {
        rules = ofProfile;
    }

    /// @return what the delay of the jitter buffer may be if nothing else is said
    JitterBounds jitter() {
        return rules.jitter();
    }

    /// @param networkAddress IP address of the signalling peer, empty when unknown
    /// @param ice the client has ICE, whether or not its profile wants that
    /// @return false when there is no room or no address
    boolean open(ChannelHandle channel, String networkAddress, boolean ice) {
        rules = ice ? rules.withDirect(Optional.empty()) : rules;
        ref = service.open(channel.id(), address(networkAddress), rules, channel).orElse(null);
        if (ref != null) {
            channel.succession().media(ref);
        }
        return ref != null;
    }

    private static Optional<InetAddress> address(String literal) {
        try {
            return literal.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /// Media that need no transport: those of a channel whose client is another channel.
    void adopt(MediaRef wire) {
        ref = wire;
        wired = true;
    }

    boolean isWired() {
        return wired;
    }

    boolean isOpen() {
        return ref != null;
    }

    MediaRef ref() {
        if (ref == null) {
            throw new Broken("media used before it was opened");
        }
        return ref;
    }

    long play(Sound sound) {
        long number = nextPlayback();
        route(new AudioRoute.Play(sound, number));
        return number;
    }

    /// @return a number for something that plays, and whose end is to be told
    long nextPlayback() {
        return ++playbacks;
    }

    long listen(MediaRef target, AudioRoute.Whom hears, AudioRoute.Whom heardBy) {
        route(new AudioRoute.Listen(target, hears, heardBy, ++playbacks));
        return playbacks;
    }

    /// What the channel itself wants to be heard: instead of what is, when that goes on afterwards.
    void route(AudioRoute route) {
        if (inBetween) {
            interrupted = true;
            ref().interrupt(route);
        } else {
            ref().route(route);
        }
    }

    void beginsInterlude() {
        inBetween = true;
    }

    void endsInterlude() {
        if (interrupted) {
            ref().goOn();
        }
        inBetween = false;
        interrupted = false;
    }

    /// What was agreed before the server was started again, with a client that is not there yet: its keys and addresses are none.
    void restored(AudioPlan audio, Optional<VideoPlan> video) {
        agreed = new MediaPlan(new IcePlan(new IceCredentials("", ""), List.of(), false, DtlsRole.CLIENT, new Fingerprint("", "")), audio, video);
        awaitsClient = true;
    }

    /// Whether it is known what the client can do, be it there or not.
    boolean isAgreed() {
        return agreed != null;
    }

    void apply(MediaPlan plan) {
        awaitsClient = false;
        agreed = plan;
        ref().apply(plan);
        late = early.size();
        ref().candidates(List.copyOf(early));
        early.clear();
    }

    /// Passes the client's late candidates on, or keeps them until there is a plan.
    ///
    /// @return how many are of no use or too many
    int candidates(List<TrickledCandidate> candidates) {
        List<RemoteCandidate> usable = candidates.stream()
                .flatMap(one -> RemoteCandidates.address(one.candidate()).stream()
                        .map(address -> new RemoteCandidate(one.ufrag(), address)))
                .limit(MAX_LATE - late)
                .toList();
        late += usable.size();
        if (isApplied()) {
            ref().candidates(usable);
        } else {
            early.addAll(usable);
        }
        return candidates.size() - usable.size();
    }

    /// What the client's profile says of clients without ICE; empty for one that has it.
    Optional<DirectMedia> direct() {
        return rules.direct();
    }

    /// A client without ICE may begin to send only now, from wherever it is.
    void listenAnew() {
        if (agreed != null && direct().isPresent()) {
            ref().apply(agreed);
        }
    }

    MediaPlan agreed() {
        if (agreed == null) {
            throw new Broken("nothing agreed yet");
        }
        return agreed;
    }

    /// Whether the plan belongs to other ICE credentials of the peer than the one in force: the peer restarts ICE.
    boolean isRestart(MediaPlan plan) {
        return plan.transport() instanceof IcePlan next
                && !(agreed != null && agreed.transport() instanceof IcePlan now && now.remoteIce().equals(next.remoteIce()));
    }

    /// @return the role that we play in the association in force
    DtlsRole dtlsRole() {
        return agreed == null ? DtlsRole.CLIENT : agreed.dtlsRole().orElse(DtlsRole.CLIENT);
    }

    boolean isApplied() {
        return isAgreed() && !awaitsClient || wired;
    }

    Optional<AudioCodec> codec() {
        return audio().map(AudioPlan::codec);
    }

    /// Joined media with the same codec hand RFC 4733 events on as they are, if the peer takes them at the codec's clock.
    boolean relaysDigitsOf(AudioCodec partner) {
        return audio().filter(plan -> plan.codec() == partner
                        && plan.telephoneEventPayloadType() >= 0
                        && plan.telephoneEventClock() == partner.rtpClock())
                .isPresent();
    }

    private Optional<AudioPlan> audio() {
        return Optional.ofNullable(agreed).map(MediaPlan::audio).filter(plan -> !plan.isNone());
    }

    /// What the end of a call is to say when its media has failed.
    static Cause causeOf(Failure failure) {
        return switch (failure) {
            case DTLS -> Cause.DESTINATION_OUT_OF_ORDER; // media-rtc.md section 7
            case ICE_TIMEOUT, RTP_TIMEOUT -> Cause.MEDIA_TIMEOUT;
            case INTERNAL -> Cause.NORMAL_TEMPORARY_FAILURE;
        };
    }

    void close() {
        if (ref != null) {
            ref.close();
        }
    }
}
