package io.jverto.switchboard.bridge;

import io.jverto.base.Broken;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.MediaRules;

/// A leg that leads to no device: the switch itself is at its other end.
interface NoDevice extends Endpoint.Device {
    @Override
    default String codecs() {
        return "";
    }

    @Override
    default MediaRules media() {
        return MediaRules.DEFAULT;
    }

    @Override
    default String networkAddress() {
        return "";
    }

    @Override
    default CallSignal invite(Endpoint.OutgoingCall call) {
        throw new Broken(channelName() + " has no device");
    }
}
