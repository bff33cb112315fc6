package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.schedule.Scheduler;
import io.jverto.switchboard.shared.SharedStores;

/// What applications reach beyond their channel.
public record Services(Channels channels, Bridge bridge, Transfers transfers, ConferenceService conferences, SharedStores shared, Scheduler scheduler) {}
