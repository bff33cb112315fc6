package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import java.util.Arrays;
import java.util.Set;

/// Something that a dialplan can tell a channel to do. Runs on the channel's thread and may wait there.
///
/// @param usage the form of its data, empty when it takes none
/// @param summary a phrase or two for `docs/applications.md`
record Application(String name, Group group, String usage, String summary, Set<Trait> traits, Run run) {
    /// A chapter of `docs/applications.md`.
    enum Group {
        CALL("Where the call goes"),
        SOUND("Sound"),
        MENUS("Digits, menus, speech and voicemail"),
        VARIABLES("Variables and information"),
        ROOMS("Rooms"),
        SHARED("Shared by calls");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    enum Trait {
        /// May run while the dialplan is hunted through.
        INLINE,
        /// Does not come to its end by itself, or leads elsewhere.
        STAYS,
        /// Its data is `name=value`.
        ASSIGNS,
        /// Its data is a dial string; from outside of the configuration, one address.
        DIALS
    }

    /// What it does.
    @FunctionalInterface
    interface Run {
        /// @param data with its variables put in
        Next run(Channel channel, Text data, Services services);
    }

    /// What it does, for one that needs nothing but its channel.
    @FunctionalInterface
    interface OnChannel {
        /// @param data with its variables put in
        Next run(Channel channel, Text data);
    }

    static Application of(String name, Group group, String usage, String summary, OnChannel run, Trait... traits) {
        return with(name, group, usage, summary, (channel, data, services) -> run.run(channel, data), traits);
    }

    static Application with(String name, Group group, String usage, String summary, Run run, Trait... traits) {
        return new Application(name, group, usage, summary, Set.copyOf(Arrays.asList(traits)), run);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
