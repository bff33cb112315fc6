package io.jverto.switchboard.negotiate;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.VideoCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A codec string, best first (media-rtc.md section 3).
///
/// @param items of audio: at least one, no codec twice
/// @param exact it began with `=`: exactly this list, whatever the other leg has
/// @param video no codec twice; none for calls without
public record CodecPreferences(List<CodecPreference> items, boolean exact, List<VideoCodec> video) {
    private static final int MAX_ITEMS = 50;
    /// What media-rtc.md section 3 names for a profile without a usable list.
    private static final List<CodecPreference> BUILT_IN =
            List.of(CodecPreference.of(AudioCodec.PCMU), CodecPreference.of(AudioCodec.PCMA));

    public CodecPreferences {
        items = List.copyOf(items);
        video = List.copyOf(video);
    }

    /// @param param where the text stands
    /// @return each item that [#decode] leaves out
    public static List<ConfigProblem> problems(ConfigNode param, String text) {
        return unknown(text).stream().map(codec -> ConfigProblem.unsupported(
                param.origin(), "the codec '" + codec + "' of " + param.attribute("name", "") + " is not there and is passed over")).toList();
    }

    private static List<String> unknown(String text) {
        return Stream.of(text.strip().replaceFirst("^=", "").split(",", MAX_ITEMS + 1)).map(String::strip)
                .filter(item -> !item.isEmpty() && CodecPreference.decode(item).isEmpty() && VideoCodec.named(CodecPreference.name(item)).isEmpty())
                .toList();
    }

    /// Never fails: what is unknown is left out, and PCMU and PCMA remain when nothing else does.
    public static CodecPreferences decode(String text) {
        String stripped = text.strip();
        boolean exact = stripped.startsWith("=");
        List<String> names = Stream.of((exact ? stripped.substring(1) : stripped).split(",", MAX_ITEMS + 1)).limit(MAX_ITEMS).toList();
        List<CodecPreference> items = names.stream().flatMap(item -> CodecPreference.decode(item).stream()).toList();
        List<VideoCodec> video = names.stream().flatMap(item -> VideoCodec.named(CodecPreference.name(item)).stream()).distinct().toList();
        return new CodecPreferences(items.isEmpty() ? BUILT_IN : withoutDuplicates(items), exact, video);
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
        return new CodecPreferences(withoutDuplicates(reordered), false, video);
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
