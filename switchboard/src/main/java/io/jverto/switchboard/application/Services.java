package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.bridge.Interception;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.port.ConferenceService;

/// What applications reach beyond their channel.
public record Services(Channels channels, Bridge bridge, Transfers transfers, Interception interception, ConferenceService conferences) {}
