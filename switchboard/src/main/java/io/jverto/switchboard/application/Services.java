package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.bridge.Dial;
import io.jverto.switchboard.bridge.Interception;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.menu.Menus;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.schedule.Scheduler;
import io.jverto.switchboard.shared.FifoMembers;
import io.jverto.switchboard.shared.Fifos;
import io.jverto.switchboard.shared.Globals;
import io.jverto.switchboard.shared.Mutexes;
import io.jverto.switchboard.shared.SharedStores;
import io.jverto.switchboard.shared.ValetLots;
import io.jverto.switchboard.voicemail.Voicemail;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// What applications reach beyond their channel.
///
/// @param channels all that are alive
/// @param transfers sends channels elsewhere
/// @param interception takes calls away from where they are
/// @param events where the switch tells of itself
/// @param members whom queues call
/// @param paged whom pages may call at the same time
/// @param menus as the configuration is now
/// @param steering programs that steer calls
public record Services(
        Channels channels,
        Bridge bridge,
        Dial dial,
        Transfers transfers,
        Interception interception,
        ConferenceService conferences,
        SharedStores shared,
        Scheduler scheduler,
        Globals globals,
        CoreEvents events,
        Mutexes mutexes,
        ValetLots lots,
        Fifos fifos,
        FifoMembers members,
        Semaphore paged,
        Supplier<Menus> menus,
        Voicemail voicemail,
        Steering steering) {
    static final int MAX_PAGED = 200;

    public static Semaphore freshPaged() {
        return new Semaphore(MAX_PAGED);
    }
}
