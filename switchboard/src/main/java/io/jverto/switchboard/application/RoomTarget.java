package io.jverto.switchboard.application;

import io.jverto.switchboard.dialplan.Text;

/// The parts of `name[@profile][+pin][+flags{a|b}]` (conference.md section 1). Only what the configuration wrote separates.
record RoomTarget(String name, String profile, String pin, String flags) {
    private static final String FLAGS = "+flags{";
    private static final String BRIDGE = "bridge:";
    private static final String DEFAULT = "default";

    /// The form that calls somebody into a room of its own: `bridge:<name>[@<profile>]:<dial string>[+flags{...}]` (section 1.1).
    ///
    /// @param dialString empty where there is none
    record OfBridge(RoomTarget room, Text dialString) {}

    static boolean isBridge(Text data) {
        return data.toString().regionMatches(true, 0, BRIDGE, 0, BRIDGE.length()) && data.isSyntax(BRIDGE.length() - 1);
    }

    /// @param data with [#isBridge]
    static OfBridge ofBridge(Text data) {
        int at = flagsAt(data);
        String flags = at < 0 ? "" : of(data.slice(at)).flags();
        Text rest = (at < 0 ? data : data.slice(0, at)).slice(BRIDGE.length());
        int colon = rest.indexOf(':', 0);
        RoomTarget room = of(colon < 0 ? rest : rest.slice(0, colon));
        return new OfBridge(new RoomTarget(room.name(), room.profile(), "", flags), colon < 0 ? Text.EMPTY : rest.slice(colon + 1).trim());
    }

    RoomTarget named(String other) {
        return new RoomTarget(other, profile, pin, flags);
    }

    RoomTarget with(String flag) {
        return new RoomTarget(name, profile, pin, flags.isEmpty() ? flag : flags + "|" + flag);
    }

    static RoomTarget of(Text data) {
        Text rest = data;
        String flags = "";
        int at = flagsAt(data);
        if (at >= 0) {
            int close = data.indexOf('}', at);
            flags = data.slice(at + FLAGS.length(), close < 0 ? data.length() : close).toString();
            rest = data.slice(0, at);
        }
        int plus = rest.indexOf('+', 0);
        String pin = plus < 0 ? "" : rest.slice(plus + 1).toString().trim();
        rest = plus < 0 ? rest : rest.slice(0, plus);
        int last = -1;
        for (int next = rest.indexOf('@', 0); next >= 0; next = rest.indexOf('@', next + 1)) {
            last = next;
        }
        String profile = last < 0 ? DEFAULT : rest.slice(last + 1).toString();
        return new RoomTarget((last < 0 ? rest : rest.slice(0, last)).toString().trim(), profile, pin, flags);
    }

    private static int flagsAt(Text data) {
        int at = data.indexOf('+', 0);
        while (at >= 0 && !isFlags(data, at)) {
            at = data.indexOf('+', at + 1);
        }
        return at;
    }

    private static boolean isFlags(Text data, int at) {
        for (int i = 0; i < FLAGS.length(); i++) {
            if (!data.isSyntax(at + i, FLAGS.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
