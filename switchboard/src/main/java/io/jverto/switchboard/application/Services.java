package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.port.ConferenceService;

/// What applications reach beyond their channel.
public record Services(Bridge bridge, Transfers transfers, ConferenceService conferences) {}
