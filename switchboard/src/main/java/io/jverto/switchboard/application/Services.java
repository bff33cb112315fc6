package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.menu.Menus;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.voicemail.Voicemail;
import java.util.function.Supplier;

/// What applications reach beyond their channel.
///
/// @param menus as the configuration is now
public record Services(Channels channels, Bridge bridge, Transfers transfers, ConferenceService conferences,
        Supplier<Menus> menus, Voicemail voicemail) {}
