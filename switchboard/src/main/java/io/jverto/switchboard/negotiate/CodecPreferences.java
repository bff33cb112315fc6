package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.AudioCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A codec string, best first (media-rtc.md section 3).
///
/// @param items at least one, no codec twice
/// @param exact it began with `=`: exactly this list, whatever the other leg has
public record CodecPreferences(List<CodecPreference> items, boolean exact) {
    private static final int MAX_ITEMS = 50;
    /// What media-rtc.md section 3 names for a profile without a usable list.
    private static final List<CodecPreference> BUILT_IN =
            List.of(CodecPreference.of(AudioCodec.PCMU), CodecPreference.of(AudioCodec.PCMA));

    public CodecPreferences {
        items = List.copyOf(items);
    }

    /// Never fails: what is unknown is left out, and PCMU and PCMA remain when nothing else does.
    public static CodecPreferences decode(String text) {
        String stripped = text.strip();
        boolean exact = stripped.startsWith("=");
        List<CodecPreference> items = Stream.of((exact ? stripped.substring(1) : stripped).split(",", MAX_ITEMS + 1))
                .limit(MAX_ITEMS)
                .flatMap(item -> CodecPreference.decode(item).stream())
                .toList();
        return new CodecPreferences(items.isEmpty() ? BUILT_IN : withoutDuplicates(items), exact);
    }

    /// The list for a leg that is to match another leg: what that one has first, which saves transcoding. An exact list
    /// stays.
    ///
    /// @param others best first
    public CodecPreferences preferring(Collection<AudioCodec> others) {
        if (exact) {
            return this;
        }
        List<CodecPreference> reordered = new ArrayList<>();
        others.forEach(codec -> reordered.add(find(codec).orElseGet(() -> CodecPreference.of(codec))));
        reordered.addAll(items);
        return new CodecPreferences(withoutDuplicates(reordered), false);
    }

    Optional<CodecPreference> find(AudioCodec codec) {
        return items.stream().filter(item -> item.codec() == codec).findFirst();
    }

    @Override
    public String toString() {
        return String.join(",", items.stream().map(item -> item.codec().sdpName()).toList());
    }

    private static List<CodecPreference> withoutDuplicates(Collection<CodecPreference> items) {
        List<CodecPreference> kept = new ArrayList<>();
        for (CodecPreference item : items) {
            if (kept.stream().noneMatch(other -> other.codec() == item.codec())) {
                kept.add(item);
            }
        }
        return kept;
    }
}
