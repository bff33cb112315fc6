package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.Cause;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Where a channel is heading: its [Course], and who may still change it. Stands beside the channel's mailbox, so that no flood of events can keep
/// an end from it. Thread-safe. Those that change it return whether they did; the channel is to be woken then.
final class Heading {
    private final AtomicReference<Course> course = new AtomicReference<>(new Course.Goes(Optional.empty()));

    /// @return false when it had ended before
    boolean end(Ending how) {
        Course before = course.getAndUpdate(now -> now instanceof Course.Ended ? now : new Course.Ended(how));
        return !(before instanceof Course.Ended);
    }

    /// Ends it if it still talks with that one and nothing else has been decided.
    ///
    /// @param kept that one goes on when the server has been started again
    boolean release(ChannelHandle partner, Cause cause, boolean kept) {
        Course now = course.get();
        return now instanceof Course.Goes(Optional<ChannelHandle> with) && with.filter(partner::equals).isPresent()
                && course.compareAndSet(now, new Course.Ended(new Ending(cause, false, "the other side hung up", kept)));
    }

    /// @return false when it has ended, or is on its way to something else already
    boolean redirect(ChannelScript script) {
        Course now = course.get();
        while (now instanceof Course.Goes && !course.compareAndSet(now, new Course.Redirected(script))) {
            now = course.get();
        }
        return now instanceof Course.Goes;
    }

    /// @return what the channel is to do from now on, once
    Optional<ChannelScript> takeRedirection() {
        Course now = course.get();
        return now instanceof Course.Redirected(ChannelScript script) && course.compareAndSet(now, new Course.Goes(Optional.empty()))
                ? Optional.of(script)
                : Optional.empty();
    }

    void talksWith(Optional<ChannelHandle> partner) {
        course.getAndUpdate(now -> now instanceof Course.Goes ? new Course.Goes(partner) : now);
    }

    Optional<ChannelHandle> partner() {
        return course.get() instanceof Course.Goes(Optional<ChannelHandle> partner) ? partner : Optional.empty();
    }

    Optional<Ending> ending() {
        return course.get() instanceof Course.Ended(Ending how) ? Optional.of(how) : Optional.empty();
    }

    /// Whether the channel goes on with what it does.
    boolean goesOn() {
        return course.get() instanceof Course.Goes;
    }
}
