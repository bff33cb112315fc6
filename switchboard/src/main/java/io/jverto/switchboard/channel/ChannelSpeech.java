package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.Recognition;
import io.jverto.switchboard.port.Recognition.Begin;
import io.jverto.switchboard.port.Recognition.Heard;
import io.jverto.switchboard.port.Recognition.Listening;
import io.jverto.switchboard.port.Recognition.Wanted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A recogniser that listens to a channel, whatever the channel does, and what it understands (dialplan-directory.md section 9.3).
@OwnedBy(Role.CHANNEL)
public final class ChannelSpeech {
    /// What was understood last, as the recogniser wrote it.
    public static final String RESULT = "detect_speech_result";
    private static final Logger log = LoggerFactory.getLogger(ChannelSpeech.class);
    /// Results that may wait for the channel's thread.
    private static final int MAX_WAITING = 64;

    private final Channel channel;
    private @Nullable Session session;
    private Optional<Heard> last = Optional.empty();

    private record Session(Wanted wanted, Listening listening, long number) {}

    ChannelSpeech(Channel channel) {
        this.channel = channel;
    }

    /// Lets a recogniser listen from now on, in place of one that does. There must be media.
    ///
    /// @return why not, if it does not
    public Optional<String> begin(Wanted wanted) {
        stop();
        last = Optional.empty();
        Relay relay = new Relay(channel.handle(), channel.services());
        return switch (channel.services().programs().recognition().listen(wanted, relay)) {
            case Begin.Refused(String why) -> Optional.of(why);
            case Begin.Begun(Listening listening) -> {
                session = new Session(wanted, listening, channel.recordings().handOut(listening.sink()));
                relay.listening = listening;
                yield Optional.empty();
            }
        };
    }

    /// @return what the recogniser that listens was asked for; empty when none does
    public Optional<Wanted> wanted() {
        return Optional.ofNullable(session).map(Session::wanted);
    }

    /// @return what was understood last since the beginning
    public Optional<Heard> last() {
        return last;
    }

    /// Whether it is to hear nothing for a while.
    public void pause(boolean paused) {
        Session now = session;
        if (now != null) {
            channel.recordings().handOut(now.number, paused);
        }
    }

    /// Nobody listens any more.
    public void stop() {
        Session now = session;
        if (now != null) {
            session = null;
            now.listening.stop();
            channel.recordings().stopHanding(now.number);
        }
    }

    private void heard(Listening by, Heard heard) {
        if (session == null || session.listening != by) {
            return; // it was stopped meanwhile
        }
        last = Optional.of(heard);
        if (heard.last()) {
            // what somebody said is data, for ever
            channel.variables().set(RESULT, heard.body());
        }
        tell(heard.last() ? "detected-speech" : "detected-partial-speech", heard.body());
    }

    private void over(Listening by, String why) {
        if (session != null && session.listening == by) {
            log.warn("channel {}: the recogniser {} listens no more: {}", channel.logId(), LogText.of(session.wanted.engine()), LogText.of(why));
            stop();
            tell("closed", "");
        }
    }

    private void tell(String type, String body) {
        CoreChannelEvents.tell(channel, EventName.DETECTED_SPEECH, () -> {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Speech-Type", type);
            return headers;
        }, body);
        channel.handle().tell(new ChannelEvent.Nudged());
    }

    /// Brings what comes on another thread to the channel's.
    private static final class Relay implements Recognition.Listener {
        private final ChannelHandle handle;
        private final ChannelServices services;
        private final AtomicInteger waiting = new AtomicInteger();
        volatile @Nullable Listening listening;

        Relay(ChannelHandle handle, ChannelServices services) {
            this.handle = handle;
            this.services = services;
        }

        @Override
        public void heard(Heard heard) {
            if (waiting.incrementAndGet() > MAX_WAITING) {
                waiting.decrementAndGet();
                services.counters().increment(SwitchCounter.SPEECH_DROPPED);
                return;
            }
            post((speech, by) -> speech.heard(by, heard), waiting::decrementAndGet);
        }

        @Override
        public void over(String why) {
            post((speech, by) -> speech.over(by, why), () -> { });
        }

        private void post(Work work, Runnable done) {
            Consumer<Channel> visit = channel -> {
                done.run();
                Listening by = listening; // set before the channel's thread looks at its mailbox again
                if (by != null) {
                    work.on(channel.speech(), by);
                }
            };
            if (!handle.tell(new ChannelEvent.Visit(visit, done))) {
                done.run();
            }
        }

        private interface Work {
            void on(ChannelSpeech speech, Listening by);
        }
    }
}
