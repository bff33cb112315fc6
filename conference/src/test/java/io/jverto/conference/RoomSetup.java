package io.jverto.conference;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.RoomRecords;
import io.jverto.switchboard.speech.Phrases;
import io.jverto.testkit.time.VirtualTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// Rooms with event channels, in virtual time.
final class RoomSetup {
    static final String ADVERTISED = "3099@example.org";

    /// How long `user/rings` lets a call ring until it takes it.
    static final long RINGS_NANOS = 30_000_000_000L;
    private static final ConfigNode.Origin ORIGIN = new ConfigNode.Origin("conference.conf.xml", 1);

    final VirtualTime time = new VirtualTime();
    final RecordingMedia media;
    final EventChannels events = new EventChannels();
    final Map<String, String> globals = new HashMap<>(Map.of("conference_verto_hipchatURL", "https://x", "domain", "y"));
    final CoreEvents core = new CoreEvents(time);
    /// Lines of commands that rooms ran.
    final List<String> ran = new CopyOnWriteArrayList<>();
    /// Events of rooms, see [#watch].
    final List<CoreEvent> told = new CopyOnWriteArrayList<>();
    final Conferences conferences;
    /// Of rooms that have ended.
    final List<RoomRecords.RoomRecord> records = new CopyOnWriteArrayList<>();
    /// What `phrase:` finds.
    Phrases phrases = Phrases.NONE;

    RoomSetup(String conferenceFlags) {
        this(List.of(), "conference-flags", conferenceFlags);
    }

    /// @param controls of the group `own`
    /// @param params names and values of the profile `default`
    RoomSetup(List<ConfigNode> controls, String... params) {
        this(RoomSpeech.NO_SYNTHESIZER, controls, params);
    }

    /// @param synthesizer of texts
    RoomSetup(RoomSpeech.Synthesizer synthesizer, List<ConfigNode> controls, String... params) {
        this(new RecordingMedia(), synthesizer, controls, params);
    }

    private RoomSetup(RecordingMedia media, RoomSpeech.Synthesizer synthesizer, List<ConfigNode> controls, String... params) {
        this.media = media;
        ConferenceSettings settings = settings(controls, params);
        Commands commands = new Commands();
        for (String name : List.of("originate", "uuid_transfer", "uuid_broadcast", "hupall")) {
            commands.add(ApiCommand.of(name, arguments -> {
                ran.add(name + " " + arguments);
                if (arguments.contains("user/rings")) {
                    time.mailbox(1).await(time.nanoTime() + RINGS_NANOS);
                }
                return arguments.contains("busy") ? "-ERR USER_BUSY\n" : "+OK call-x\n";
            }));
        }
        conferences = new Conferences(time, media, () -> settings, events, new RoomWorld(
                () -> new Routing(Directory.EMPTY, Dialplan.EMPTY, globals), commands, core, new Random(1),
                new RoomSpeech(() -> phrases, synthesizer,
                        () -> Instant.EPOCH.atZone(ZoneOffset.UTC)),
                records::add, file -> Optional.of("/recordings/ticket/" + file.getFileName())));
    }

    /// @param params names and values of the profile `default`
    static RoomSetup with(String... params) {
        return new RoomSetup(List.of(), params);
    }

    /// Rooms that are heard.
    static RoomSetup over(MixedMedia media, String... params) {
        return new RoomSetup(media, RoomSpeech.NO_SYNTHESIZER, List.of(), params);
    }

    /// In front of the name of a group, where its bit rate is the value.
    static final String CODEC_GROUP = "codec group ";

    static ConferenceSettings settings(List<ConfigNode> controls, String... params) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (int i = 0; i < params.length; i += 2) {
            nodes.add(params[i].startsWith(CODEC_GROUP)
                    ? node("video-codec-group", Map.of("name", params[i].substring(CODEC_GROUP.length()), "bandwidth", params[i + 1], "res-divisor", "2"), List.of())
                    : node("param", Map.of("name", params[i], "value", params[i + 1]), List.of()));
        }
        ConfigNode profiles = node("profiles", Map.of(), List.of(node("profile", Map.of("name", "default"), nodes)));
        ConfigNode advertise = node("advertise", Map.of(), List.of(node("room", Map.of("name", ADVERTISED, "status", "Free"), List.of())));
        ConfigNode groups = node("caller-controls", Map.of(), List.of(node("group", Map.of("name", "own"), controls)));
        return ConferenceSettings.decode(node("configuration", Map.of("name", "conference.conf"), List.of(groups, profiles, advertise)));
    }

    static ConfigNode control(String digits, String action, String data) {
        return node("control", Map.of("digits", digits, "action", action, "data", data), List.of());
    }

    /// Remembers the events of rooms from now on.
    void watch() {
        core.listen(new CoreEvents.Listener() {
            @Override
            public boolean wants(EventName name, String subclass) {
                return subclass.startsWith("conference::");
            }

            @Override
            public void onEvent(CoreEvent event) {
                told.add(event);
            }
        });
    }

    /// @return the actions of the events since the last time this was asked
    List<String> actions() {
        time.settle();
        List<String> actions = told.stream().map(event -> event.header("Action").orElse("?")).toList();
        told.clear();
        return actions;
    }

    Membership join(JoinRequest request) {
        Join join = conferences.join(request);
        time.settle();
        return switch (join) {
            case Join.Joined(Membership membership) -> membership;
            case Join.Refused refused -> throw new AssertionError(refused.reason());
        };
    }

    Join.Refused refused(JoinRequest request) {
        Join join = conferences.join(request);
        time.settle();
        return (Join.Refused) join;
    }

    /// The reply of `conference <arguments>`.
    String api(String arguments) {
        String reply = conferences.api().run(arguments);
        time.settle();
        return reply;
    }

    RecordingMedia.Mixer mixer() {
        return media.mixers.getLast();
    }

    private static ConfigNode node(String name, Map<String, String> attributes, List<ConfigNode> children) {
        return new ConfigNode(name, attributes, children, "", ORIGIN);
    }
}
