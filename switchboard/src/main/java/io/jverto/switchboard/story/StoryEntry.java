package io.jverto.switchboard.story;

import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.port.CallQuality;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener.Failure;
import io.jverto.switchboard.port.MediaService.MediaStats;
import java.util.Map;
import java.util.Optional;

/// One thing that happened to a call. Texts are as they came, cut to what is ever shown; [StoryText] makes them fit for a terminal. Passwords and
/// keys of ICE, DTLS and SRTP are never in one.
public sealed interface StoryEntry {
    /// Of one text.
    int MAX_TEXT = 200;

    /// @return about how many characters it holds
    default int size() {
        return 0;
    }

    /// Whether it tells of the end: for these there is room in any story.
    default boolean isLast() {
        return false;
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    /// @param outbound the switch calls, and is not called
    record Began(boolean outbound, String name, String number, String user, String destination, String context, String address, String channel)
            implements StoryEntry {
        static Began of(boolean outbound, CallerProfile profile) {
            return new Began(outbound, cut(profile.callerName()), cut(profile.callerNumber()), cut(profile.username()), cut(profile.destination()),
                    cut(profile.context()), cut(profile.networkAddress()), cut(profile.channelName()));
        }

        @Override
        public int size() {
            return name.length() + number.length() + user.length() + destination.length() + context.length() + address.length() + channel.length();
        }
    }

    /// A description was sent or came.
    record Described(Whose whose, Description description) implements StoryEntry {
        @Override
        public int size() {
            return description.size();
        }
    }

    /// More candidates of the client came after its description.
    ///
    /// @param types how many of each, as in [Description]
    record Trickled(Map<String, Integer> types) implements StoryEntry {
        public Trickled {
            types = Map.copyOf(types);
        }

        @Override
        public int size() {
            return types.keySet().stream().mapToInt(String::length).sum();
        }
    }

    /// Which description it is.
    enum Whose {
        CLIENTS_OFFER,
        OUR_ANSWER,
        OUR_OFFER,
        CLIENTS_ANSWER
    }

    /// What both sides agreed on.
    ///
    /// @param role ours in DTLS; empty for a peer without
    /// @param ice whether its way is found by ICE
    record Agreed(AudioPlan audio, Optional<VideoPlan> video, Optional<DtlsRole> role, boolean ice) implements StoryEntry {
        static Agreed of(MediaPlan plan) {
            return new Agreed(plan.audio(), plan.video(), plan.dtlsRole(), plan.transport() instanceof IcePlan);
        }
    }

    /// They could not agree.
    record Refused(String reason) implements StoryEntry {
        public Refused {
            reason = cut(reason);
        }

        @Override
        public int size() {
            return reason.length();
        }
    }

    /// A route was looked for.
    ///
    /// @param extension the first that has something to do, empty when none has
    /// @param steps how many applications it has; 0 for no route
    record Hunted(String destination, String context, String extension, String origin, int steps) implements StoryEntry {
        public Hunted {
            destination = cut(destination);
            context = cut(context);
            extension = cut(extension);
            origin = cut(origin);
        }

        @Override
        public int size() {
            return destination.length() + context.length() + extension.length() + origin.length();
        }
    }

    /// An application runs.
    record Ran(String application, String data) implements StoryEntry {
        public Ran {
            application = cut(application);
            data = cut(data);
        }

        @Override
        public int size() {
            return application.length() + data.length();
        }
    }

    /// What needs no more words.
    enum Step implements StoryEntry {
        RINGS("rings"),
        EARLY("early media: there is sound before the answer"),
        ANSWERED("answered"),
        HELD("on hold"),
        UNHELD("off hold"),
        AWAY("the client's connection is lost; the call waits for it"),
        BACK("the client is back"),
        RESTORED("the server was started again; the call goes on and waits for its client"),
        PARKED("parked"),
        UNPARKED("no longer parked"),
        CONNECTED("media are up: packets can flow both ways");

        private final String text;

        Step(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// It talks with another channel.
    ///
    /// @param begins or else ends to
    record Talks(ChannelId other, boolean begins) implements StoryEntry {
        @Override
        public int size() {
            return other.value().length();
        }
    }

    /// Somebody is called for it.
    record Calls(ChannelId leg, String name, String number) implements StoryEntry {
        public Calls {
            name = cut(name);
            number = cut(number);
        }

        @Override
        public int size() {
            return leg.value().length() + name.length() + number.length();
        }
    }

    /// Somebody whom it called is gone before he answered.
    record CalledEnded(ChannelId leg, Cause cause) implements StoryEntry {
        @Override
        public int size() {
            return leg.value().length();
        }
    }

    /// Somebody could not be called.
    record Unreachable(Cause cause, String why) implements StoryEntry {
        public Unreachable {
            why = cut(why);
        }

        @Override
        public int size() {
            return why.length();
        }
    }

    /// A user whom it called has no device of a kind at the moment; others of his may ring.
    record Absent(String what) implements StoryEntry {
        public Absent {
            what = cut(what);
        }

        @Override
        public int size() {
            return what.length();
        }
    }

    /// It goes to another number.
    record Transferred(String destination, String context) implements StoryEntry {
        public Transferred {
            destination = cut(destination);
            context = cut(context);
        }

        @Override
        public int size() {
            return destination.length() + context.length();
        }
    }

    record Media(MediaNote note) implements StoryEntry {
        @Override
        public boolean isLast() {
            return note instanceof MediaNote.PathMissing;
        }
    }

    record Failed(Failure failure) implements StoryEntry {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    /// How the sound was, at the end.
    record Sounded(MediaStats stats, Optional<CallQuality> quality) implements StoryEntry {
        @Override
        public boolean isLast() {
            return true;
        }
    }

    record Ended(Cause cause, boolean byClient, String why) implements StoryEntry {
        public Ended {
            why = cut(why);
        }

        @Override
        public int size() {
            return why.length();
        }

        @Override
        public boolean isLast() {
            return true;
        }
    }
}
