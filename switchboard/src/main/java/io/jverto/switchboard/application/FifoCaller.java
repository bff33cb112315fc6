package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.shared.Fifos;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody who waits in a queue. Whoever serves him has him leave this for a talk.
final class FifoCaller {
    private static final int DEFAULT_PRIORITY = 5;
    private static final int DEFAULT_ORBIT_SECONDS = 60;
    private static final int DEFAULT_CHIME_SECONDS = 30;
    private static final int MAX_SECONDS = 86_400;
    private static final long LOOK_AGAIN_MILLIS = 1_000;
    static final String STATUS = "fifo_status";
    static final String ANNOUNCE = "fifo_announce";
    private static final String POSITION = "fifo_position";

    private final Channel channel;
    private final String fifo;
    private final Services services;
    private long orbitDeadline = Channel.FOREVER;
    private List<Text> chimes = List.of();
    private int nextChime;
    private long chimeDeadline = Channel.FOREVER;

    FifoCaller(Channel channel, String fifo, Services services) {
        this.channel = channel;
        this.fifo = fifo;
        this.services = services;
    }

    Next run(Text announcement, Text saidMusic) {
        if (!announcement.isEmpty()) {
            channel.variables().set(ANNOUNCE, announcement);
        }
        plan();
        long now = channel.services().time().wallTime().getEpochSecond();
        int priority = Math.clamp(channel.variables().number("fifo_priority").orElse(DEFAULT_PRIORITY), Fifos.FIRST_PRIORITY, Fifos.LAST_PRIORITY);
        note("fifo_role", "caller");
        note(STATUS, "WAITING");
        note("fifo_push_timestamp", String.valueOf(now));
        int position = services.fifos().push(fifo, channel.id(), channel.profile().callerName(), channel.profile().callerNumber(), priority, now);
        try {
            note(POSITION, String.valueOf(position));
            tell("push", Map.of("FIFO-Position", String.valueOf(position), "FIFO-Priority", String.valueOf(priority)));
            FifoApplication.nudge(services, services.fifos().idle(fifo));
            List<ChannelId> all = services.fifos().waiting(fifo);
            FifoApplication.nudge(services, all.subList(Math.min(position, all.size()), all.size())); // who was overtaken
            FifoApplication.look(channel, services, fifo);
            return await(FifoApplication.music(channel, saidMusic)).orElse(Next.GO_ON);
        } finally {
            if (services.fifos().leave(fifo, channel.id())) {
                leaves("ABORTED", "abort");
            }
            services.fifos().gone(channel.id());
            FifoApplication.look(channel, services, fifo);
        }
    }

    private void plan() {
        List<Text> orbit = channel.variables().get("fifo_orbit_exten").split(':');
        if (!orbit.getFirst().isEmpty()) {
            int seconds = orbit.size() > 1 && orbit.get(1).toString().matches("[0-9]{1,9}") ? Integer.parseInt(orbit.get(1).toString()) : DEFAULT_ORBIT_SECONDS;
            orbitDeadline = channel.in(Math.clamp(seconds, 1, MAX_SECONDS) * 1_000L);
        }
        chimes = channel.variables().get("fifo_chime_list").split(',').stream().map(Text::trim).filter(chime -> !chime.isEmpty()).toList();
        chimeLater();
    }

    private void chimeLater() {
        int seconds = Math.clamp(channel.variables().number("fifo_chime_freq").orElse(DEFAULT_CHIME_SECONDS), 1, MAX_SECONDS);
        chimeDeadline = chimes.isEmpty() ? Channel.FOREVER : channel.in(seconds * 1_000L);
    }

    /// @return what comes next, if the caller has left the queue by himself; nothing when he is served or his call goes elsewhere or ends
    private Optional<Next> await(Sound music) {
        channel.play(music);
        long chime = 0;
        while (channel.up()) {
            Optional<ChannelEvent> event = channel.next(Math.min(orbitDeadline, chimeDeadline));
            if (FifoApplication.isKey(channel, event, "fifo_caller_exit_key", "") && services.fifos().leave(fifo, channel.id())) {
                leaves("ABORTED", "abort");
                return Optional.of(channel.variables().isTrue("fifo_caller_exit_to_orbit") ? orbit() : Next.GO_ON);
            }
            if (event.isPresent() && event.get() instanceof ChannelEvent.PlaybackEnded ended && ended.playback() == chime) {
                channel.play(music);
                chimeLater();
            } else if (event.isPresent() && event.get() instanceof ChannelEvent.Nudged) {
                moved();
            } else if (event.isEmpty() && channel.up() && channel.in(0) >= orbitDeadline) {
                if (services.fifos().leave(fifo, channel.id())) {
                    leaves("TIMEOUT", "timeout");
                    FifoApplication.play(channel, channel.variables().get("fifo_orbit_announce"));
                    return Optional.of(orbit());
                }
                orbitDeadline = channel.in(LOOK_AGAIN_MILLIS); // he is about to be served
            } else if (event.isEmpty() && channel.up()) {
                chime = chime();
            }
        }
        return Optional.empty();
    }

    private void moved() {
        int position = services.fifos().position(fifo, channel.id());
        if (position > 0) {
            note(POSITION, String.valueOf(position));
        }
    }

    /// @return the number of what is heard now
    private long chime() {
        Optional<Sound> sound = Sounds.parse(channel, chimes.get(nextChime++ % chimes.size()));
        if (sound.isEmpty()) {
            chimeLater();
            return 0;
        }
        chimeDeadline = Channel.FOREVER;
        return channel.play(sound.get());
    }

    private Next orbit() {
        List<Text> orbit = channel.variables().get("fifo_orbit_exten").split(':');
        return orbit.getFirst().isEmpty()
                ? Next.GO_ON
                : new Next.Transfer(orbit.getFirst(), channel.variables().get("fifo_orbit_dialplan"), channel.variables().get("fifo_orbit_context"));
    }

    private void leaves(String status, String action) {
        note(STATUS, status);
        tell(action, Map.of());
        FifoApplication.nudge(services, services.fifos().waiting(fifo));
        if (channel.up()) {
            channel.route(new AudioRoute.Silent());
        }
    }

    private void tell(String action, Map<String, String> more) {
        FifoApplication.tell(channel, services, fifo, action, more);
    }

    private void note(String name, String value) {
        channel.variables().set(name, value);
    }
}
