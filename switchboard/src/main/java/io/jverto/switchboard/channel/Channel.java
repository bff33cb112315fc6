package io.jverto.switchboard.channel;

import io.jverto.base.Broken;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.dialplan.Expansion;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.switchboard.negotiate.Negotiation;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallSignal.DisplayUpdate;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.wire.sdp.SdpText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One party's side of a call. Its script runs on the channel's own thread and reads top to bottom; whatever waits, waits in
/// [#next]. Nothing here throws for what the other side does: after every wait the script asks [#up].
/// Others hold a [ChannelHandle].
@OwnedBy(Role.CHANNEL)
public final class Channel {
    private static final Logger log = LoggerFactory.getLogger(Channel.class);
    /// [#next] without a deadline.
    public static final long FOREVER = Long.MAX_VALUE;

    private final ChannelHandle handle;
    private final ChannelServices services;
    private final boolean outbound;
    private final ChannelVariables variables;
    private final ChannelMedia media;
    private final ChannelRecordings recordings;
    private final ChannelLine line;
    private final ChannelVideo video;
    private final Descriptions descriptions;
    private final Sides sides;
    private final Relatives relatives = new Relatives();
    private final Renegotiation renegotiation;
    private final Answering answering;
    private final Calling calling;
    private final Interludes interludes;
    private final Sayings sayings;
    private final OwnEvents own;
    private final Instant created;
    private final ShownChannel shown;

    private ChannelState state = ChannelState.NEW;
    private @Nullable CallSignal signal;
    private final ChannelLife life;
    private final Happenings happenings = new Happenings(this);
    private final Agenda agenda = new Agenda();

    /// @param remoteSdp the client's offer; empty text for a call that we make
    Channel(ChannelHandle handle, ChannelServices services, boolean outbound, CallerProfile profile, SdpText remoteSdp,
            CodecPreferences codecs) {
        this.handle = handle;
        this.services = services;
        this.outbound = outbound;
        this.sides = new Sides(outbound, profile);
        this.variables = new ChannelVariables(services.counters());
        this.media = new ChannelMedia(services.media());
        this.interludes = new Interludes(media, services.counters(), handle::refuse);
        this.sayings = new Sayings(handle, services.counters(), saying -> client().said(saying));
        this.recordings = new ChannelRecordings(handle, media, (name, path, resumed) -> CoreChannelEvents.record(this, name, path, resumed),
                () -> variables.isTrue("recording_follow_transfer"));
        this.line = new ChannelLine(handle.id(), media);
        this.created = handle.born().orElseGet(services.time()::wallTime);
        handle.times().created(created);
        this.video = new ChannelVideo(handle, media, variables, () -> services.routing().get().globals(), codecs.video());
        this.descriptions = new Descriptions(media, video, codecs, remoteSdp, services.time().wallTime().getEpochSecond(), handle.story());
        this.renegotiation = new Renegotiation(this, descriptions, media, sides);
        this.answering = new Answering(this, descriptions, media);
        this.calling = new Calling(this, descriptions, media);
        this.own = new OwnEvents(this, media, renegotiation, interludes);
        this.life = new ChannelLife(this, media, interludes);
        this.shown = new ShownChannel(this, created, profile);
        show();
    }

    void rules(MediaRules ofProfile) {
        media.rules(ofProfile);
    }

    void signal(CallSignal way) {
        signal = way;
    }

    /// Its client is another channel of this switch.
    void wired(MediaRef wire, CallSignal way) {
        media.adopt(wire);
        handle.succession().media(wire);
        signal(way);
    }

    ChannelLife life() {
        return life;
    }

    public Happenings happenings() {
        return happenings;
    }

    /// Whether it is a call that we make and nobody has answered.
    boolean isCalled() {
        return outbound && !state.isAnswered();
    }

    /// Whether it is called, or called us without an offer, and its client's answer has not come.
    boolean awaitsAnswer() {
        return outbound ? !state.isAnswered() : (state.isAnswered() || state == ChannelState.EARLY) && !media.isApplied();
    }

    public ChannelId id() {
        return handle.id();
    }

    /// @return the id, fit for a log line
    public String logId() {
        return LogText.of(handle.id());
    }

    public ChannelHandle handle() {
        return handle;
    }

    public ChannelServices services() {
        return services;
    }

    public boolean outbound() {
        return outbound;
    }

    public Agenda agenda() {
        return agenda;
    }

    public Keeping keeping() {
        return new Keeping(this, media, sides);
    }

    public ChannelState state() {
        return state;
    }

    public ChannelVariables variables() {
        return variables;
    }

    public CallerProfile profile() {
        return sides.profile();
    }

    public void profile(CallerProfile changed) {
        sides.profile(changed);
        show();
    }

    /// Notes what runs, for `show channels`.
    public void running(String name, String data) {
        shown.running(name, data);
        show();
    }

    public Scope scope(Map<String, Text> overlay, Consumer<Step> inline) {
        return new ChannelScope(this, this::profile, overlay, inline);
    }

    /// The channel as it would be seen with another profile.
    public Scope scope(CallerProfile as, Consumer<Step> inline) {
        return new ChannelScope(this, () -> as, Map.of(), inline);
    }

    /// Puts the channel's variables into a template.
    public Text expand(Text template) {
        return Expansion.expand(template, scope(Map.of(), step -> {
            throw new Broken("inline action outside of a hunt");
        }));
    }

    /// Whether what runs now goes on: the call has not ended, and nobody has sent it elsewhere.
    public boolean up() {
        return handle.goesOn() && !interludes.areCutShort();
    }

    /// Leaves what it does and goes on with something else.
    public void redirectSelf(ChannelScript script) {
        handle.redirect(script);
    }

    /// What others let the channel do in between.
    public Interludes interludes() {
        return interludes;
    }

    /// Another channel is told when this one leaves or ends.
    public void follow(ChannelHandle other) {
        life.follow(other::tell);
    }

    /// What the channel's client says beside its sound, and what is said to it.
    public Sayings sayings() {
        return sayings;
    }

    /// Notes that this channel talks with another one from now on.
    public void talksWith(ChannelHandle other) {
        relatives.wayBack().arrived();
        handle.talksWith(Optional.of(other));
        recordings.look();
    }

    /// Ends the channel, or makes it come back to where it was sent from; the script sees it by [#up]. The first end counts; `why` is for the log.
    public void hangup(Cause cause, String why) {
        if (relatives.wayBack().failed(cause).filter(handle::redirect).isEmpty()) {
            fails(cause, why);
        }
    }

    /// Ends the channel, whose client cannot be served any more.
    void fails(Cause cause, String why) {
        handle.end(new Ending(cause, false, why));
    }

    /// @return the deadline for [#next] that is `millis` away
    public long in(long millis) {
        return services.time().nanoTime() + millis * 1_000_000;
    }

    /// Waits for what concerns the script. What concerns only the channel itself is done here.
    ///
    /// @return empty when the deadline came or the channel ended
    public Optional<ChannelEvent> next(long deadlineNanos) {
        while (up()) {
            Optional<ChannelEvent> kept = interludes.next(this).or(() -> up() ? own.released() : Optional.empty());
            if (kept.isPresent() || !up()) {
                return kept;
            }
            boolean mayWait = own.deadline() > deadlineNanos;
            Optional<ChannelEvent> event = handle.await(mayWait ? deadlineNanos : own.deadline());
            if (event.isEmpty() && !mayWait) {
                own.onDeadline();
            } else if (handle.ending().isPresent()) {
                event.ifPresent(handle::refuse);
            } else if (event.isEmpty() || !own.take(event.get())) {
                event.ifPresent(interludes::keep);
                return up() ? event : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Lets the time pass.
    public void pause(long millis) {
        long deadline = in(millis);
        while (next(deadline).isPresent()) {
            // nothing that comes in is of interest
        }
    }

    /// @return whether anything is different now
    boolean hold(CallRef.HoldWish wish) {
        boolean held = state == ChannelState.HELD;
        boolean wanted = switch (wish) {
            case HOLD -> true;
            case UNHOLD -> false;
            case TOGGLE -> !held;
        };
        if (held == wanted || !state.isAnswered() || !media.isApplied()) {
            return false;
        }
        media.ref().pause(wanted);
        handle.markHeld(wanted);
        become(wanted ? ChannelState.HELD : ChannelState.ANSWERED);
        client().held(wanted);
        log.info("channel {}: {}", logId(), wanted ? "on hold" : "off hold");
        return true;
    }

    /// The client's path is there again, or a new one is agreed.
    void mediaIsBack() {
        own.mediaIsBack();
    }

    /// Gives the caller sound before the call is answered. Does nothing when there is sound already.
    ///
    /// @return false when the channel has ended, also when its offer turns out to be unusable
    public boolean preAnswer() {
        return answering.preAnswer();
    }

    /// Tells the client that whom it wants is being rung.
    public void ringReady() {
        relatives.wayBack().rings();
        answering.ringReady();
    }

    /// Answers the call. Does nothing when it is answered.
    ///
    /// @return false when the channel has ended, also when its offer turns out to be unusable
    public boolean answer() {
        return answering.answer();
    }

    /// Looks at the client's offer, only now that it is needed (media-rtc.md section 4.4); the client hears nothing yet. A call without an
    /// offer is answered by it.
    ///
    /// @return false when the channel has ended, also when its offer turns out to be unusable
    public boolean prepare() {
        return answering.prepare();
    }

    /// @param otherwise the cause of the end when nothing can be agreed
    boolean settle(Negotiation negotiation, Cause otherwise) {
        return switch (negotiation) {
            case Negotiation.Agreed(MediaPlan plan, SdpText _) -> {
                media.apply(plan);
                video.agreed(plan.video());
                line.agreed(variables);
                yield true;
            }
            case Negotiation.Refused(String reason) -> {
                variables.set("endpoint_disposition", Text.syntax("CODEC NEGOTIATION ERROR"));
                hangup(otherwise, reason);
                yield false;
            }
        };
    }

    boolean openMedia() {
        if (media.isOpen() || media.open(handle, profile().networkAddress(), !outbound && descriptions.hasIce())) {
            return true;
        }
        hangup(Cause.DESTINATION_OUT_OF_ORDER, "no media address or port is free");
        return false;
    }

    /// Rings a device: makes our offer and sends it.
    ///
    /// @return false when the channel has ended
    public boolean invite(Endpoint.Device device) {
        return calling.invite(device);
    }

    boolean agrees(SdpText answer) {
        return media.isWired() || settle(descriptions.accept(answer), Cause.INCOMPATIBLE_DESTINATION);
    }

    /// Takes the sound that a device has before it answers. What cannot be used ends the call.
    ///
    /// @return whether there is sound only now
    public boolean acceptEarly(ChannelEvent.EarlyMedia early) {
        return calling.acceptEarly(early);
    }

    /// Takes the device's answer. One that cannot be used ends the call; so does one that comes too late.
    ///
    /// @param wins asked last: whether nobody else has answered the same call
    /// @return whether this channel has the call
    public boolean accept(ChannelEvent.Answer answer, BooleanSupplier wins) {
        return calling.accept(answer, wins);
    }

    /// @return what the channel and its client agreed to send, empty when they have not yet
    public Optional<AudioCodec> codec() {
        return media.codec();
    }

    /// @return the same, or what they could agree, best first
    public List<AudioCodec> codecs() {
        return codec().map(List::of).orElseGet(descriptions::common);
    }

    /// @return what it wants of video
    public ChannelVideo video() {
        return video;
    }

    /// @return what the channel and its client agreed on of video, or what the client could send, best first
    public List<VideoFormat> videoFormats() {
        return media.isApplied() ? handle.video().filter(VideoPlan::receiving).map(VideoPlan::format).map(List::of).orElse(List.of()) : descriptions.commonVideo();
    }

    /// @return the channel's media, after [#preAnswer], [#answer] or [#invite]
    public MediaRef media() {
        return media.ref();
    }

    public boolean hasMedia() {
        return media.isOpen();
    }

    /// @return the channel's media, once sound is agreed
    public Optional<MediaRef> liveMedia() {
        return media.isApplied() ? Optional.of(media.ref()) : Optional.empty();
    }

    public void route(AudioRoute route) {
        media.route(route);
    }

    /// Plays a sound; its end comes as [ChannelEvent.PlaybackEnded] with the number that is returned.
    public long play(Sound sound) {
        return media.play(sound);
    }

    /// Listens in on another channel, and may be heard there; the end comes as [ChannelEvent.PlaybackEnded] with the number that is returned.
    /// With that number [AudioRoute.Listen] changes who hears whom.
    public long listen(MediaRef target, AudioRoute.Whom hears, AudioRoute.Whom heardBy) {
        return media.listen(target, hears, heardBy);
    }

    /// @return what tones are looked for in it
    public ChannelTones tones() {
        return own.tones();
    }

    public ChannelSpeech speech() {
        return own.speech();
    }

    public ChannelLine line() {
        return line;
    }

    /// @return what is recorded of it
    public ChannelRecordings recordings() {
        return recordings;
    }

    public ChannelDigits digits() {
        return new ChannelDigits(this, media);
    }

    public Relatives relatives() {
        return relatives;
    }

    /// @return who is at this end, as others may see it
    public Party party() {
        return Privacy.shown(variables, sides.party());
    }

    /// Whom the channel talks with from now on: in its profile, and for its client to see.
    public void meets(Party other) {
        DisplayUpdate update = sides.meets(other);
        show();
        variables.set("last_sent_display_name", other.name());
        variables.set("last_sent_display_number", other.number());
        display(update);
    }

    void display(DisplayUpdate update) {
        client().display(update.with(variables.plain()));
    }

    /// The channel goes to another number as if its party had dialled it.
    public void sendOn(String destination, String dialplan, String context) {
        sides.sendOn(destination, dialplan, context);
        show();
    }

    /// Notes who takes over whom this channel rings, while it rings somebody.
    public void rings(Optional<HandsOver> originate) {
        own.rings(originate);
    }

    CallSignal client() {
        return signal().orElseThrow(() -> new Broken("channel " + logId() + " has no client yet"));
    }

    /// @return the way to its client, once there is one
    Optional<CallSignal> signal() {
        return Optional.ofNullable(signal);
    }

    void become(ChannelState next) {
        if (!state.next().contains(next)) {
            throw new Broken("channel " + logId() + " cannot go from " + state + " to " + next);
        }
        log.debug("channel {}: {} -> {}", logId(), state, next);
        ChannelState before = state;
        state = next;
        handle.times().changed(before, next, services.time().wallTime());
        if (next == ChannelState.ANSWERED) {
            handle.markAnswered();
        }
        recordings.look();
        show();
        services.presence().changed(this, before, next);
    }

    private void show() {
        handle.show(shown.row());
    }
}
