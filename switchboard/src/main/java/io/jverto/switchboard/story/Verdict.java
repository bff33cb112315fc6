package io.jverto.switchboard.story;

import io.jverto.base.Program;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaNote.IceTally;
import io.jverto.switchboard.port.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What most likely went wrong with a call, in plain words, and what to do.
final class Verdict {
    /// From here on a call that has no media is heard to be silent.
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final double BAD_LOSS = 0.03;
    private static final double BAD_OPINION = 3.2;
    private static final String UDP = "open the UDP ports from rtp_start_port on, look at rtp-ip and ext-rtp-ip of the profile, or give clients a TURN server; "
            + Program.command("doctor") + " looks at all of it.";

    private final List<CallStory.Entry> entries;
    private final Instant now;
    private final UnaryOperator<String> clean;

    /// @param now for a call that is not over
    Verdict(List<CallStory.Entry> entries, Instant now, UnaryOperator<String> clean) {
        this.entries = entries;
        this.now = now;
        this.clean = clean;
    }

    String text() {
        Optional<StoryEntry.Ended> ended = last(StoryEntry.Ended.class);
        Optional<String> media = media(ended.isPresent());
        return ended.map(end -> "In short: " + reason(end, media)).orElseGet(() -> "So far: " + media.orElse(has(StoryEntry.Step.ANSWERED)
                ? "the call is up, and nothing is wrong that is known here."
                : "the call is not answered, and nothing is wrong that is known here."));
    }

    private String reason(StoryEntry.Ended end, Optional<String> media) {
        Optional<StoryEntry.Refused> refused = last(StoryEntry.Refused.class).filter(_ -> last(StoryEntry.Agreed.class).isEmpty());
        if (refused.isPresent()) {
            return refused(refused.get());
        }
        return media.or(() -> bad()).orElseGet(() -> cause(end));
    }

    private String refused(StoryEntry.Refused refused) {
        return refused.reason().contains("codec")
                ? "there is no codec in common. Compare what was offered above with inbound-codec-string and outbound-codec-string of the profile"
                        + " (conf/vars.xml: global_codec_prefs)."
                : "the client's description cannot be used: " + clean.apply(refused.reason()) + ".";
    }

    /// @return what is wrong with the way of the media, if anything
    private Optional<String> media(boolean over) {
        Verdict since = sinceConnected();
        Optional<MediaNote.HandshakeFailed> handshake = since.notes(MediaNote.HandshakeFailed.class).reduce((_, two) -> two);
        Optional<MediaNote.PathLost> lost = since.notes(MediaNote.PathLost.class).reduce((_, two) -> two);
        Optional<StoryEntry.Failed> failed = since.last(StoryEntry.Failed.class);
        boolean connected = has(StoryEntry.Step.CONNECTED);
        boolean path = notes(MediaNote.PathFound.class).findAny().isPresent();
        if (handshake.isPresent()) {
            return Optional.of(handshake(handshake.get().why()));
        }
        if (lost.isPresent()) {
            return Optional.of(path ? pathLost() : neverConnected(lost.get().tally()));
        }
        if (failed.isPresent()) {
            return Optional.of(failed(failed.get()));
        }
        Optional<MediaNote.PathMissing> missing = notes(MediaNote.PathMissing.class).findAny();
        boolean needsPath = last(StoryEntry.Agreed.class).flatMap(StoryEntry.Agreed::role).isPresent() && has(StoryEntry.Step.ANSWERED);
        if (!needsPath || connected || !waited()) {
            return over ? silent(connected) : Optional.empty();
        }
        if (missing.isPresent()) {
            return Optional.of(neverConnected(missing.get().tally()));
        }
        if (!last(StoryEntry.Agreed.class).map(StoryEntry.Agreed::ice).orElse(true)) {
            return Optional.of("DTLS " + (over ? "had" : "has") + " not come up: the other side does not answer where its description says that it is,"
                    + " or UDP does not get through. " + sentence(UDP));
        }
        return Optional.of(path
                ? "ICE found a way, but DTLS did not come up on it: the client does not answer, or packets of that size are dropped on the way."
                : "ICE " + (over ? "had" : "has") + " not connected: UDP does not get through, one way or both. " + sentence(UDP));
    }

    /// What failed before media came up again does not count.
    private Verdict sinceConnected() {
        int from = 0;
        for (int i = 0; i < entries.size(); i++) {
            from = entries.get(i).what() == StoryEntry.Step.CONNECTED ? i + 1 : from;
        }
        return new Verdict(entries.subList(from, entries.size()), now, clean);
    }

    private static String neverConnected(IceTally tally) {
        if (tally.asked() > 0 && tally.answered() == 0) {
            return "ICE never connected: the client's packets come here, but it gets none of ours. A firewall holds back what the server sends, or the"
                    + " answers come from another address than the client asked. " + sentence(UDP);
        }
        if (tally.answered() > 0) {
            return "ICE never connected, although the client answered: it did not choose a way. Its network may have changed; let it call again.";
        }
        return "ICE never connected: UDP does not get through. " + sentence(UDP);
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String pathLost() {
        return "the way to the client was there and was lost: its network went away, or the page was closed without a word.";
    }

    private static String handshake(String why) {
        return "DTLS failed (" + why + "). " + switch (why) {
            case "FINGERPRINT_MISMATCH" -> "The certificate is not the one in the client's description: something between them changes descriptions or media.";
            case "TIMED_OUT" -> "Packets of that size may be dropped on the way, or the client is gone.";
            case "NO_SRTP_PROFILE", "UNKNOWN_HASH", "NO_CERTIFICATE" -> "The client is too old, or no browser.";
            default -> "The client broke it off.";
        };
    }

    private static String failed(StoryEntry.Failed failed) {
        return switch (failed.failure()) {
            case DTLS -> "DTLS failed: there were no keys for the media.";
            case ICE_TIMEOUT -> "ICE failed: UDP does not get through. " + sentence(UDP);
            case RTP_TIMEOUT -> "the other side sent no sound for as long as rtp-timeout-sec allows: it is gone, or a firewall holds its RTP back.";
            case INTERNAL -> "a bug of the server ended its media; its log has an error for this call.";
        };
    }

    /// An answered call whose client sent nothing, although it could.
    private Optional<String> silent(boolean connected) {
        boolean nothing = last(StoryEntry.Sounded.class).filter(sounded -> sounded.stats().packetsRx() == 0).isPresent();
        boolean mayCome = last(StoryEntry.Agreed.class).filter(agreed -> agreed.audio().receiving()).isPresent();
        return connected && nothing && mayCome && waited() && has(StoryEntry.Step.ANSWERED)
                ? Optional.of("media were up, but the client sent no sound at all: its microphone is not shared, or the page has none.")
                : Optional.empty();
    }

    private Optional<String> bad() {
        return last(StoryEntry.Sounded.class).flatMap(StoryEntry.Sounded::quality)
                .filter(quality -> quality.lost() > BAD_LOSS || quality.remoteLost() > BAD_LOSS || quality.mos() < BAD_OPINION)
                .map(_ -> "the call was up, but it sounded bad: packets were lost or late. Look at the client's network, wireless most of all.");
    }

    private String cause(StoryEntry.Ended end) {
        boolean answered = has(StoryEntry.Step.ANSWERED);
        Optional<Cause> called = Stream.of(last(StoryEntry.CalledEnded.class).map(StoryEntry.CalledEnded::cause),
                last(StoryEntry.Unreachable.class).map(StoryEntry.Unreachable::cause), last(StoryEntry.Absent.class).map(_ -> Cause.USER_NOT_REGISTERED)).flatMap(Optional::stream).findFirst();
        if (end.cause() == Cause.NORMAL_CLEARING && !end.byClient() && called.isPresent() && last(StoryEntry.Talks.class).isEmpty()) {
            return "nobody was reached, and the dialplan came to its end: " + cause(called.get(), end);
        }
        if (end.cause() == Cause.NORMAL_CLEARING && !answered) {
            boolean rung = last(StoryEntry.Began.class).filter(StoryEntry.Began::outbound).isPresent();
            return !end.byClient() ? unanswered(end)
                    : rung ? "the called party did not want the call." : "the caller gave up before somebody answered.";
        }
        return cause(end.cause(), end);
    }

    /// By the server. An extension that only takes notes, with `continue`, is a route and leads nowhere.
    private String unanswered(StoryEntry.Ended end) {
        boolean all = last(StoryEntry.Began.class).filter(StoryEntry.Began::outbound).isEmpty() && last(StoryEntry.Talks.class).isEmpty();
        return last(StoryEntry.Hunted.class).filter(hunted -> all && hunted.steps() > 0)
                .map(hunted -> "it ended without an answer: what runs for " + clean.apply(hunted.destination()) + " in context " + clean.apply(hunted.context())
                        + " neither answers nor calls anybody. Where that is only an extension with continue=\"true\", no other one fits the number.")
                .orElseGet(() -> "it ended without an answer: " + clean.apply(end.why()) + ".");
    }

    private String cause(Cause cause, StoryEntry.Ended end) {
        return switch (cause) {
            case NORMAL_CLEARING -> end.byClient() ? "nothing went wrong: the client hung up." : "nothing went wrong: " + clean.apply(end.why()) + ".";
            case NO_ROUTE_DESTINATION -> noRoute();
            case USER_NOT_REGISTERED, SUBSCRIBER_ABSENT ->
                "nobody is registered or logged in whom it could reach. 'verto status' and 'show registrations' tell who is.";
            case UNALLOCATED_NUMBER, DOES_NOT_EXIST_ANYWHERE -> "there is nobody of that number: look for a spelling mistake in the dialplan or directory.";
            case USER_BUSY, BUSY_EVERYWHERE -> "the called party is busy.";
            case CALL_REJECTED, DECLINE, REJECT_ALL -> end.byClient() ? "the client rejected the call." : "the called party rejected the call.";
            case NO_ANSWER, NO_USER_RESPONSE, PROGRESS_TIMEOUT, ALLOTTED_TIMEOUT -> "nobody answered in time. 'call_timeout' says how long it rings.";
            case ORIGINATOR_CANCEL -> "the caller gave up before somebody answered.";
            case LOSE_RACE -> "nothing went wrong: somebody else answered the same call.";
            case PICKED_OFF, BLIND_TRANSFER, ATTENDED_TRANSFER -> "nothing went wrong: the call went on elsewhere.";
            case EXCHANGE_ROUTING_ERROR -> "the call was sent on too often: two places of the dialplan send it to each other.";
            case DESTINATION_OUT_OF_ORDER -> "the call could not be served here: " + clean.apply(end.why()) + ".";
            case SWITCH_CONGESTION -> "the server has as many calls as 'max-sessions' in switch.conf allows, or more to do than it can: " + clean.apply(end.why()) + ".";
            case INVALID_GATEWAY, GATEWAY_DOWN, INVALID_PROFILE -> "the SIP gateway or profile is not there or not up: 'sofia status'.";
            case RECOVERY_ON_TIMER_EXPIRE -> has(StoryEntry.Step.RINGS) || has(StoryEntry.Step.EARLY) || has(StoryEntry.Step.ANSWERED)
                    ? "the other side stopped answering messages."
                    : "nothing came back from whoever was called: the address is wrong, nothing listens there, or a firewall holds SIP back."
                            + " 'sofia status gateway NAME' names its address.";
            case INCOMPATIBLE_DESTINATION -> "the two sides have no codec in common.";
            case SYSTEM_SHUTDOWN -> "the server was stopped.";
            case MANAGER_REQUEST -> "somebody ended it by a command.";
            case NORMAL_TEMPORARY_FAILURE -> "the server could not go on: " + clean.apply(end.why()) + ". Its log may have an error for this call.";
            default -> "it ended with " + cause + ": " + clean.apply(end.why()) + ".";
        };
    }

    private String noRoute() {
        return last(StoryEntry.Hunted.class).filter(hunted -> hunted.steps() == 0)
                .map(hunted -> "the dialplan has no route: no extension of context " + clean.apply(hunted.context()) + " fits "
                        + clean.apply(hunted.destination()) + ". Add one, or look at 'user_context' of the user or 'context' of the profile.")
                .orElse("whoever was called has no route to that number.");
    }

    /// Whether media had time to come up.
    private boolean waited() {
        Optional<CallStory.Entry> agreed = entries.stream().filter(entry -> entry.what() instanceof StoryEntry.Agreed).findFirst();
        Instant end = last(StoryEntry.Ended.class).isPresent() ? entries.getLast().at() : now;
        return agreed.isPresent() && Duration.between(agreed.get().at(), end).compareTo(SOON) >= 0;
    }

    private boolean has(StoryEntry entry) {
        return entries.stream().map(CallStory.Entry::what).anyMatch(Predicate.isEqual(entry));
    }

    private <T extends StoryEntry> Optional<T> last(Class<T> kind) {
        return entries.stream().map(CallStory.Entry::what).filter(kind::isInstance).map(kind::cast).reduce((_, two) -> two);
    }

    private <T extends MediaNote> Stream<T> notes(Class<T> kind) {
        return entries.stream().map(CallStory.Entry::what).filter(StoryEntry.Media.class::isInstance).map(StoryEntry.Media.class::cast)
                .map(StoryEntry.Media::note).filter(kind::isInstance).map(kind::cast);
    }
}
