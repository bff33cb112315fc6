package io.jverto.conference;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.testkit.time.VirtualTime;
import java.util.List;
import java.util.Map;

/// Rooms with event channels, in virtual time.
final class RoomSetup {
    private static final ConfigNode.Origin ORIGIN = new ConfigNode.Origin("conference.conf.xml", 1);

    final VirtualTime time = new VirtualTime();
    final RecordingMedia media = new RecordingMedia();
    final EventChannels events = new EventChannels();
    final Conferences conferences;

    RoomSetup(String conferenceFlags) {
        ConfigNode param = node("param", Map.of("name", "conference-flags", "value", conferenceFlags), List.of());
        ConfigNode profiles = node("profiles", Map.of(), List.of(node("profile", Map.of("name", "default"), List.of(param))));
        ConferenceSettings settings =
                ConferenceSettings.decode(node("configuration", Map.of("name", "conference.conf"), List.of(profiles)));
        conferences = new Conferences(time, media, () -> settings, events, () -> Map.of("conference_verto_hipchatURL", "https://x", "domain", "y"));
    }

    Membership join(JoinRequest request) {
        Join join = conferences.join(request);
        time.settle();
        return switch (join) {
            case Join.Joined(Membership membership) -> membership;
            case Join.Refused refused -> throw new AssertionError(refused.reason());
        };
    }

    private static ConfigNode node(String name, Map<String, String> attributes, List<ConfigNode> children) {
        return new ConfigNode(name, attributes, children, "", ORIGIN);
    }
}
