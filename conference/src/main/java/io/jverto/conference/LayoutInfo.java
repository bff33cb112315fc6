package io.jverto.conference;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.conference.layout.Layout;
import io.jverto.conference.layout.Layouts;
import io.jverto.conference.layout.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What clients are told of canvases and layouts (verto-wire.md sections 9.7 and 9.8).
final class LayoutInfo {
    private LayoutInfo() {}

    /// `eventData` of the info channel.
    static JsonObject event(RoomCanvas canvas, int width, int height) {
        Layout layout = canvas.layout();
        List<JsonValue> slots = new ArrayList<>();
        for (Slot slot : layout.slots()) {
            slots.add(slot(layout, slot, width, height));
        }
        JsonObject info = figures(canvas)
                .put("canvasLayouts", new JsonArray(slots))
                .put("scale", Slot.UNITS)
                .build();
        return new JsonObjectBuilder().put("contentType", "layout-info").put("canvasInfo", info).build();
    }

    private static JsonObjectBuilder figures(RoomCanvas canvas) {
        return new JsonObjectBuilder()
                .put("canvasID", canvas.number())
                .put("totalLayers", canvas.layout().slots().size())
                .put("layersUsed", canvas.used())
                .put("layoutFloorID", canvas.layout().floorSlot())
                .put("layoutName", canvas.layout().name());
    }

    private static JsonObject slot(Layout layout, Slot slot, int width, int height) {
        RoomCanvas.Rectangle where = RoomCanvas.Rectangle.of(slot, width, height);
        JsonObjectBuilder json = new JsonObjectBuilder()
                .put("x", slot.x())
                .put("y", slot.y())
                .put("scale", slot.width())
                .put("hscale", slot.height())
                .put("zoom", slot.zoom() ? 1 : 0)
                .put("border", layout.borderOf(slot))
                .put("floor", slot.floor() || slot.floorOnly() ? 1 : 0)
                .put("overlap", slot.overlap() ? 1 : 0)
                .put("screenWidth", where.width())
                .put("screenHeight", where.height())
                .put("xPOS", where.x())
                .put("yPOS", where.y());
        if (!slot.reservation().isEmpty()) {
            json.put("resID", slot.reservation());
        }
        SlotPlaces.of(layout, slot).ifPresent(place -> json.put("audioPOS", place.toString()));
        return json.build();
    }

    /// `responseData` of `canvasInfo`.
    ///
    /// @param member whose canvas alone is asked for
    static JsonArray canvases(List<RoomCanvas> canvases, Optional<Member> member) {
        List<JsonValue> infos = new ArrayList<>();
        for (RoomCanvas canvas : canvases) {
            if (member.isEmpty()) {
                infos.add(figures(canvas).build());
            } else if (member.get().picture().canvas == canvas.number()) {
                infos.add(figures(canvas).put("layerID", member.get().picture().layer).build());
            }
        }
        return new JsonArray(infos);
    }

    /// `responseData` of `list-videoLayouts`, with `slots` of ours (verto-extensions.md, places of layouts).
    static JsonArray layouts(Layouts layouts) {
        List<JsonValue> all = new ArrayList<>();
        for (Layout layout : layouts.all()) {
            all.add(new JsonObjectBuilder()
                    .put("type", "layout")
                    .put("name", layout.name())
                    .put("resIDS", texts(layout.reservations()))
                    .put("slots", slots(layout))
                    .build());
        }
        for (String group : layouts.groupNames()) {
            all.add(new JsonObjectBuilder()
                    .put("type", "layoutGroup")
                    .put("name", Layouts.GROUP + group)
                    .put("groupLayouts", texts(layouts.group(group).stream().map(Layout::name).toList()))
                    .build());
        }
        return new JsonArray(all);
    }

    /// Each as x, y, width, height.
    private static JsonArray slots(Layout layout) {
        return new JsonArray(layout.slots().stream()
                .<JsonValue>map(slot -> new JsonArray(IntStream.of(slot.x(), slot.y(), slot.width(), slot.height()).<JsonValue>mapToObj(JsonNumber::of).toList()))
                .toList());
    }

    private static JsonArray texts(List<String> texts) {
        return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
    }
}
