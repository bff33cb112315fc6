package io.jverto.conference;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What a member's client wants of its gallery (docs/protocol/verto-extensions.md, gallery).
///
/// @param first ids of members that it wants to see whoever talks, the most wanted one first
/// @param heights pixels of their places, where it says them
/// @param height pixels of the places of all others, 0 when it does not say
record GalleryWish(Set<Integer> first, Map<Integer, Integer> heights, int height) {
    static final GalleryWish NONE = new GalleryWish(Set.of(), Map.of(), 0);

    static final String COMMAND = "gallery";
    /// Of these somebody can look at some.
    private static final int MOST = 32;
    private static final int MAX_DIGITS = 9;

    /// @param request `data` of a broadcast
    /// @return empty when the client wants no gallery any more
    static Optional<GalleryWish> decode(JsonObject request) {
        if (request.is("on", JsonLiteral.FALSE)) {
            return Optional.empty();
        }
        Set<Integer> first = new LinkedHashSet<>();
        Map<Integer, Integer> heights = new HashMap<>();
        List<JsonValue> members = request.get("members").map(value -> value instanceof JsonArray(var items) ? items : List.<JsonValue>of()).orElse(List.of());
        members.stream().limit(MOST).flatMap(member -> member.asObject().stream())
                .forEach(member -> number(member, "id").ifPresent(id -> {
                    if (member.is("first", JsonLiteral.TRUE)) {
                        first.add(id);
                    }
                    number(member, "height").ifPresent(height -> heights.put(id, height));
                }));
        return Optional.of(new GalleryWish(first, heights, number(request, "height").orElse(0)));
    }

    /// @return pixels of a member's place, 0 when nothing is said
    int height(int member) {
        return heights.getOrDefault(member, height);
    }

    static boolean isOne(JsonObject request) {
        return request.string("command").filter(COMMAND::equals).isPresent();
    }

    private static OptionalInt number(JsonObject object, String key) {
        boolean fits = object.get(key).orElse(JsonLiteral.NULL) instanceof JsonNumber(String digits) && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return fits && object.get(key).orElseThrow() instanceof JsonNumber(String digits) ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
