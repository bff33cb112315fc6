package io.jverto.switchboard.channel;

import io.jverto.base.count.Counters;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.switchboard.port.Saying;
import io.jverto.switchboard.story.CallStory;
import io.jverto.switchboard.story.StoryEntry;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.MDC;

/// A channel as other threads see it: what they say goes into its mailbox, except an end, which stands beside it so that no
/// flood of digits can keep a call alive ([Heading]). Thread-safe.
public final class ChannelHandle implements CallRef, MediaListener {
    /// Candidates that may wait: what a browser finds at a restart or two.
    private static final int MAX_CANDIDATES = 64;
    /// Digits, and what media and other channels have to say.
    private static final int MAILBOX = 1_024;
    private static final long ANSWER_WAIT_NANOS = Duration.ofSeconds(5).toNanos();

    final LastNote lastNote = new LastNote();
    private final ChannelId id;
    private final TimeSource time;
    private final Counters<SwitchCounter> counters;
    private final Runnable body;

    private final CallStory story;
    private final Mailbox<ChannelEvent> mailbox;
    private final Heading heading = new Heading();
    private final AtomicBoolean started = new AtomicBoolean();
    private final DigitInbox digits;
    private final Refusals refusals;
    private final AtomicInteger candidates = new AtomicInteger();
    private volatile boolean answered;
    private volatile Optional<Instant> answeredAt = Optional.empty();
    /// When it was created, if that was before the server was started again.
    private Optional<Instant> born = Optional.empty();
    private volatile Optional<ChannelId> talkedWith = Optional.empty();
    private volatile boolean away;
    private volatile boolean held;
    private volatile Optional<VideoPlan> video = Optional.empty();
    private volatile boolean leading;
    private volatile boolean recorded;
    private volatile Set<Path> recordings = Set.of();
    private volatile Optional<LoopbackPair> loopback = Optional.empty();
    private volatile Optional<ChannelRow> row = Optional.empty();
    /// Whom the channel talked with last, as it was seen then.
    private volatile Optional<ChannelRow> met = Optional.empty();
    private final ChannelTimes times = new ChannelTimes();
    private final Succession succession = new Succession();
    private final MetaKeys metaKeys = new MetaKeys();
    private final DigitActions digitActions = new DigitActions();

    /// @param body the channel's life, given the handle
    ChannelHandle(ChannelId id, ChannelServices services, Consumer<ChannelHandle> body) {
        this.id = id;
        this.time = services.time();
        this.counters = services.counters();
        this.story = new CallStory(time);
        this.mailbox = time.mailbox(MAILBOX);
        this.digits = new DigitInbox(this::tell, counters);
        this.refusals = new Refusals(counters);
        this.body = () -> body.accept(this);
    }

    /// It is another channel's successor, and its client is away. Before the start.
    void succeeds(Instant created, Instant answeredFirst) {
        born = Optional.of(created);
        answered = true;
        answeredAt = Optional.of(answeredFirst);
        times.answered(answeredFirst);
        away = true;
    }

    Optional<Instant> born() {
        return born;
    }

    /// Ends here, to go on when the server has been started again: nobody is told.
    ///
    /// @return false when it had ended for good before
    boolean suspend() {
        return end(new Ending(Cause.SYSTEM_SHUTDOWN, false, "kept for the next start", true)) || isSuspended();
    }

    private boolean isSuspended() {
        return ending().filter(Ending::kept).isPresent();
    }

    @Override
    public ChannelId id() {
        return id;
    }

    @Override
    public void start() {
        if (started.compareAndSet(false, true)) {
            time.start("channel " + LogText.of(id), () -> {
                MDC.put("call", LogText.of(id));
                body.run();
            });
        }
    }

    @Override
    public boolean answered() {
        return answered;
    }

    @Override
    public AnswerResult answer(SdpText sdp, String calleeName, String calleeNumber) {
        return ask(reply -> new ChannelEvent.Answer(sdp, calleeName, calleeNumber, reply), AnswerResult.GONE);
    }

    @Override
    public void rings() {
        tell(new ChannelEvent.Rings());
    }

    @Override
    public AnswerResult early(SdpText sdp) {
        return ask(reply -> new ChannelEvent.EarlyMedia(sdp, reply), AnswerResult.GONE);
    }

    @Override
    public void away() {
        story.add(StoryEntry.Step.AWAY);
        away = true;
    }

    /// @return what the channel and its client agreed on of video, while it has any
    public Optional<VideoPlan> video() {
        return video;
    }

    @Override
    public void refreshVideo() {
        tell(new ChannelEvent.Visit(channel -> channel.video().refresh(), () -> { }));
    }

    void video(Optional<VideoPlan> agreed) {
        video = agreed;
    }

    boolean isAway() {
        return away;
    }

    void back() {
        away = false;
    }

    @Override
    public Optional<Reoffer> reoffer() {
        return this.<Optional<Reoffer>>ask(ChannelEvent.Reoffer::new, Optional.empty());
    }

    @Override
    public AnswerResult reattach(SdpText sdp) {
        return ask(reply -> new ChannelEvent.Reattach(sdp, true, reply), AnswerResult.GONE);
    }

    @Override
    public AnswerResult accept(SdpText answer) {
        return ask(reply -> new ChannelEvent.Reattach(answer, false, reply), AnswerResult.GONE);
    }

    @Override
    public Update update(SdpText offer) {
        return this.<Update>ask(reply -> new ChannelEvent.Update(offer, reply), new Update.Failed(AnswerResult.GONE));
    }

    @Override
    public boolean hold(HoldWish wish) {
        return ask(reply -> new ChannelEvent.Hold(wish, reply), held);
    }

    @Override
    public boolean held() {
        return held;
    }

    @Override
    public boolean say(Saying saying) {
        return tell(new ChannelEvent.Says(saying));
    }

    @Override
    public void hear(Saying saying) {
        tell(new ChannelEvent.Hears(saying));
    }

    @Override
    public void fromRoom(RoomNotice notice) {
        tell(new ChannelEvent.FromRoom(notice));
    }

    @Override
    public boolean change(Map<String, String> variables) {
        return tell(new ChannelEvent.Changed(Map.copyOf(variables)));
    }

    void markHeld(boolean now) {
        held = now;
    }

    /// Gives whoever this channel rings to another one. Waits.
    ///
    /// @return false when it rings nobody
    public boolean handOver(ChannelHandle to) {
        return handOver(to, UnaryOperator.identity());
    }

    /// The same.
    ///
    /// @param way makes of what the other channel is to do then what it does
    public boolean handOver(ChannelHandle to, UnaryOperator<ChannelScript> way) {
        return ask(reply -> new ChannelEvent.HandOver(to, way, reply), false);
    }

    /// Lets another channel have the call for which this one rings. Waits.
    ///
    /// @return whose call that is; empty when this one rings for no channel, or somebody was faster
    public Optional<ChannelHandle> pickUp(ChannelHandle by) {
        return this.<Optional<ChannelHandle>>ask(reply -> new ChannelEvent.PickUp(by, reply), Optional.empty());
    }

    /// Does something on the channel's thread, between two events, and waits for it.
    ///
    /// @param work does not wait itself; its result is for the caller's thread
    /// @return empty when the channel is over or does not answer in time
    public <T> Optional<T> visit(Function<Channel, T> work) {
        return this.<Optional<T>>ask(
                reply -> new ChannelEvent.Visit(channel -> reply.tell(Optional.of(work.apply(channel))), () -> reply.tell(Optional.empty())),
                Optional.empty());
    }

    /// Lets the channel do something else in between, which may take its time; several come one after the other.
    ///
    /// @return false when the channel is over or too much waits
    public boolean interlude(Consumer<Channel> work) {
        return tell(new ChannelEvent.Interlude(work, () -> { }));
    }

    /// The same, and waits for the end, but not for long.
    ///
    /// @return false when the channel is over or too much waits
    public boolean interludeToEnd(Consumer<Channel> work) {
        return ask(
                reply -> new ChannelEvent.Interlude(
                        channel -> {
                            work.accept(channel);
                            reply.tell(true);
                        },
                        () -> reply.tell(false)),
                ending().isEmpty());
    }

    /// Posts a question and waits.
    ///
    /// @param otherwise when the channel is over or does not answer in time
    private <T> T ask(Function<Mailbox<T>, ChannelEvent> question, T otherwise) {
        Mailbox<T> reply = time.mailbox(1);
        return tell(question.apply(reply)) ? reply.await(time.nanoTime() + ANSWER_WAIT_NANOS).orElse(otherwise) : otherwise;
    }

    @Override
    public boolean dtmf(String text, int durationMillis) {
        return digits.text(text, durationMillis);
    }

    @Override
    public void onDtmf(char digit, int durationMillis) {
        digits.digit(digit, durationMillis, DigitSource.TELEPHONE_EVENT);
    }

    @Override
    public void onTone(char digit, int durationMillis) {
        digits.digit(digit, durationMillis, DigitSource.SOUND);
    }

    /// @param drop whether digits of this channel's party are passed over from now on
    public void dropDigits(boolean drop) {
        digits.drop(drop);
    }

    @Override
    public void candidates(List<TrickledCandidate> late) {
        boolean room = candidates.addAndGet(late.size()) <= MAX_CANDIDATES;
        if (!late.isEmpty() && !(room && tell(new ChannelEvent.Candidates(late)))) {
            candidates.addAndGet(-late.size());
            counters.add(SwitchCounter.CANDIDATES_DROPPED, late.size());
        }
    }

    @Override
    public boolean hangup(Cause cause, boolean byClient) {
        return end(new Ending(cause, byClient, byClient ? "the client hung up" : "ended from outside"));
    }

    boolean end(Ending how) {
        return heading.end(how) && wake();
    }

    /// Ends the channel if it still talks with that one and nothing else has been decided about it.
    public void release(ChannelHandle partner, Cause cause) {
        if (heading.release(partner, cause, partner.isSuspended())) {
            wake();
        }
    }

    /// Makes the channel leave what it does, and do something else.
    ///
    /// @return false when it has ended, or is on its way to something else already
    public boolean redirect(ChannelScript script) {
        return heading.redirect(script) && wake();
    }

    /// @return what the channel is to do from now on, once
    Optional<ChannelScript> takeRedirection() {
        return heading.takeRedirection();
    }

    /// Notes whom the channel talks with. Others only take somebody away: what he does then no longer concerns the channel.
    public void talksWith(Optional<ChannelHandle> partner) {
        met = partner.isPresent() ? partner.get().row() : met;
        partner.ifPresent(other -> talkedWith = Optional.of(other.id()));
        heading.talksWith(partner);
    }

    /// @return the channel that this one talks with
    public Optional<ChannelHandle> partner() {
        return heading.partner();
    }

    /// If there is no room for the message, the reader is awake and looks at the course next.
    private boolean wake() {
        mailbox.tell(new ChannelEvent.Wake());
        return true;
    }

    /// @return what happens to the channel, for whoever asks later; thread-safe
    public CallStory story() {
        return story;
    }

    @Override
    public void onNoted(MediaNote note) {
        story.media(note);
    }

    @Override
    public void onConnected() {
        story.add(StoryEntry.Step.CONNECTED);
        tell(new ChannelEvent.MediaUp());
    }

    @Override
    public void onFailed(Failure failure) {
        story.add(new StoryEntry.Failed(failure));
        tell(new ChannelEvent.MediaFailed(failure));
    }

    @Override
    public void onPlaybackEnded(long playback, PlaybackEnd end) {
        tell(new ChannelEvent.PlaybackEnded(playback, end));
    }

    @Override
    public void onRecordingEnded(long recording, RecordingEnd end) {
        tell(new ChannelEvent.RecordingEnded(recording, end));
    }

    @Override
    public void onToneFound(long number) {
        tell(new ChannelEvent.ToneFound(number));
    }

    @Override
    public void onTalking(boolean talking) {
        tell(new ChannelEvent.Talking(talking));
    }

    @Override
    public void reattached() {
        tell(new ChannelEvent.Reattached());
    }

    /// Posts an event from any thread.
    ///
    /// @return false when the channel is over or its mailbox is full
    public boolean tell(ChannelEvent event) {
        boolean taken = mailbox.tell(event);
        if (!taken && ending().isEmpty()) {
            counters.increment(SwitchCounter.MESSAGES_DROPPED);
        }
        return taken;
    }

    Optional<Ending> ending() {
        return heading.ending();
    }

    /// Whether it has ended, or is about to.
    public boolean isOver() {
        return ending().isPresent();
    }

    @Override
    public void noteAgain() {
        lastNote.touch();
    }

    /// Whether it goes on with what it does.
    boolean goesOn() {
        return heading.goesOn();
    }

    /// The next event; only the channel's own thread calls it.
    Optional<ChannelEvent> await(long deadlineNanos) {
        Optional<ChannelEvent> event = mailbox.await(deadlineNanos);
        lastNote.touch();
        if (event.isPresent() && event.get() instanceof ChannelEvent.Digit) {
            digits.read();
        } else if (event.isPresent() && event.get() instanceof ChannelEvent.Candidates(List<TrickledCandidate> late)) {
            candidates.addAndGet(-late.size());
        }
        return event;
    }

    /// Takes no more, and tells whoever still waits for an answer that there is no call.
    void close() {
        mailbox.close();
        for (Optional<ChannelEvent> left = mailbox.await(time.nanoTime()); left.isPresent(); left = mailbox.await(time.nanoTime())) {
            refuse(left.get());
        }
    }

    /// Tells whoever waits for an answer to this event that there is no such call.
    void refuse(ChannelEvent event) {
        refusals.refuse(event);
    }

    void markAnswered() {
        if (!answered) {
            answeredAt = Optional.of(time.wallTime());
        }
        answered = true;
    }

    /// @return when it was answered first
    Optional<Instant> answeredAt() {
        return answeredAt;
    }

    /// @return the channel that this one talks with, or talked with last
    Optional<ChannelId> talkedWith() {
        return talkedWith;
    }

    /// @return the loopback of which the channel is an end
    public Optional<LoopbackPair> loopback() {
        return loopback;
    }

    void loopback(LoopbackPair pair) {
        loopback = Optional.of(pair);
    }

    /// @param leads whether the channel leads a talk from now on, and both know with whom they talk
    public void markLeading(boolean leads) {
        leading = leads;
    }

    public boolean isLeading() {
        return leading;
    }

    void markRecorded(boolean now) {
        recorded = now;
    }

    /// Notes the files into which its session is recorded now.
    void recordsInto(Set<Path> files) {
        recordings = Set.copyOf(files);
    }

    /// Whether its session is recorded into that file now.
    public boolean recordsInto(Path file) {
        return recordings.contains(file);
    }

    /// @return with whom its recordings go on, and those that go on with it
    public Succession succession() {
        return succession;
    }

    /// Whether its session is recorded.
    boolean isRecorded() {
        return recorded;
    }

    void show(ChannelRow now) {
        row = Optional.of(now);
    }

    /// @return whom it talks with, or else talked with last
    Optional<ChannelRow> met() {
        return partner().flatMap(ChannelHandle::row).or(() -> met);
    }

    /// @return what digits do, whatever it is in
    public DigitActions digitActions() {
        return digitActions;
    }

    /// @return what keys do while it talks
    public MetaKeys metaKeys() {
        return metaKeys;
    }

    /// For the channel's own thread.
    ChannelTimes times() {
        return times;
    }

    /// @return how the channel was last seen
    public Optional<ChannelRow> row() {
        return row;
    }
}
