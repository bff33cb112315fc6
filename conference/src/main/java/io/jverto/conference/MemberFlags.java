package io.jverto.conference;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a member may do (conference.md section 6).
record MemberFlags(Set<MemberFlag> set) {
    static final MemberFlags NONE = new MemberFlags(EnumSet.noneOf(MemberFlag.class));
    private static final int MAX_WORDS = 10;

    MemberFlags {
        set = Collections.unmodifiableSet(set.isEmpty() ? EnumSet.noneOf(MemberFlag.class) : EnumSet.copyOf(set));
    }

    /// @param text words joined by `|` or `,`; unknown ones are ignored
    static MemberFlags decode(String text) {
        EnumSet<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
        Arrays.stream(text.split("[|,]", MAX_WORDS + 1))
                .limit(MAX_WORDS)
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .forEach(word -> Arrays.stream(MemberFlag.values()).filter(flag -> flag.word().equals(word)).forEach(flags::add));
        return new MemberFlags(flags);
    }

    /// With a caller's own flags. Whoever brings any can speak and hear unless they say otherwise: a moderator joins unmuted into a
    /// lecture whose profile mutes everybody. The other flags of the profile stay.
    MemberFlags with(String own) {
        if (own.isBlank()) {
            return this;
        }
        EnumSet<MemberFlag> flags = EnumSet.noneOf(MemberFlag.class);
        flags.addAll(set);
        flags.removeAll(EnumSet.of(MemberFlag.MUTE, MemberFlag.DEAF, MemberFlag.VMUTE));
        flags.addAll(decode(own).set);
        return new MemberFlags(flags);
    }

    MemberFlags and(MemberFlag flag) {
        EnumSet<MemberFlag> flags = EnumSet.of(flag);
        flags.addAll(set);
        return new MemberFlags(flags);
    }

    /// @return as they are now, joined by `|`; never nothing, so that those of a profile do not count instead
    String now(boolean muted, boolean deaf, boolean unseen) {
        EnumSet<MemberFlag> now = EnumSet.noneOf(MemberFlag.class);
        now.addAll(set);
        now.removeAll(EnumSet.of(MemberFlag.MUTE, MemberFlag.DEAF, MemberFlag.VMUTE));
        String words = now.stream().map(MemberFlag::word).collect(Collectors.joining("|"));
        return "member" + (muted ? "|mute" : "") + (deaf ? "|deaf" : "") + (unseen ? "|vmute" : "") + (words.isEmpty() ? "" : "|" + words);
    }

    boolean has(MemberFlag flag) {
        return set.contains(flag);
    }
}
