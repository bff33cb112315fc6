package io.jverto.conference;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.VideoPlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The galleries of a room: members whose clients see each of the others on a line of its own (docs/protocol/verto-extensions.md, gallery).
@OwnedBy(Role.ROOM)
final class Galleries {
    private final Map<Member, Open> open = new IdentityHashMap<>();

    /// A gallery that a client looks at.
    private static final class Open {
        private final MemberGallery lines = new MemberGallery();
        private GalleryWish wish;
        private boolean asked = true;
        private Map<Integer, Member> shown = Map.of();
        private List<GalleryLine> there = List.of();

        Open(GalleryWish wish) {
            this.wish = wish;
        }
    }

    /// A client wants something else of the gallery of its call.
    ///
    /// @param cookie its session
    /// @param request with the id of its call as `callID`
    /// @return false when it has no such call in the room
    boolean wish(List<Member> members, String cookie, JsonObject request) {
        String call = request.string("callID").orElse("");
        Optional<Member> member = members.stream().filter(one -> one.cookie().equals(cookie) && one.key().equals(call)).findFirst();
        member.ifPresent(viewer -> GalleryWish.decode(request).ifPresentOrElse(wish -> {
            Open there = open.computeIfAbsent(viewer, _ -> new Open(wish));
            there.wish = wish;
            there.asked = true;
        }, () -> close(viewer)));
        return member.isPresent();
    }

    private void close(Member viewer) {
        open.remove(viewer);
        viewer.video().gallery(false);
        viewer.seesMembers(Map.of(), GalleryWish.NONE);
    }

    /// Lets everybody with a gallery see whom he should.
    ///
    /// @param tell told of each client that is to know, with the data of its event
    void update(List<Member> members, long nowNanos, BiConsumer<Member, JsonObject> tell) {
        open.keySet().removeIf(viewer -> !members.contains(viewer));
        open.forEach((viewer, gallery) -> {
            List<GalleryLine> lines = viewer.seat().request().media().gallery().stream().filter(line -> line.plan().sending()).toList();
            viewer.video().gallery(!lines.isEmpty());
            List<Member> seen = lines.isEmpty() || !viewer.video().sees() || viewer.parked() ? List.of() : seen(viewer, members);
            Map<Integer, Member> now = gallery.lines.arrange(lines.stream().map(GalleryLine::number).toList(), seen, gallery.wish, nowNanos);
            if (gallery.asked || !now.equals(gallery.shown) || !lines.equals(gallery.there)) {
                viewer.seesMembers(now, gallery.wish);
                gallery.asked = false;
                gallery.shown = now;
                gallery.there = lines;
                tell.accept(viewer, event(viewer, lines, now));
            }
        });
    }

    private static List<Member> seen(Member viewer, List<Member> members) {
        Optional<VideoPlan> ours = viewer.video().agreed();
        return members.stream()
                .filter(member -> member != viewer && VideoFloor.canBeSeen(member))
                .filter(member -> member.video().agreed().flatMap(plan -> ours.filter(main -> plan.format().fits(main.format()))).isPresent())
                .toList();
    }

    private static JsonObject event(Member viewer, List<GalleryLine> lines, Map<Integer, Member> shown) {
        List<JsonValue> items = new ArrayList<>();
        lines.forEach(line -> Optional.ofNullable(shown.get(line.number())).ifPresent(member -> items.add(
                new JsonObjectBuilder().put("mid", line.plan().mid()).put("memberID", member.id()).put("callID", member.key()).build())));
        return new JsonObjectBuilder().put("contentType", GalleryWish.COMMAND).put("callID", viewer.key()).put("lines", new JsonArray(items)).build();
    }

    /// @return when [#update] may find something else though nothing happened, `Long.MAX_VALUE` for never
    long deadlineNanos() {
        return open.values().stream().mapToLong(gallery -> gallery.lines.deadlineNanos()).min().orElse(Long.MAX_VALUE);
    }
}
