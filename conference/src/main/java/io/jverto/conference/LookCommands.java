package io.jverto.conference;

import io.jverto.conference.layout.Seating;
import io.jverto.conference.layout.Slot;
import io.jverto.media.plan.Scene.Look;
import io.jverto.media.plan.Scene.Part;
import io.jverto.media.plan.Scene.Tint;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Commands on how a member's picture is shown (conference.md section 14, verto-wire.md section 9.7).
final class LookCommands {
    /// Quarter turns.
    static final int UPSIDE_DOWN = 2;
    private static final int DEGREES = 90;
    /// Of the place, each way: smaller parts are no more than pixels.
    private static final int LEAST_PART = Part.UNITS / 20;
    /// Places that a picture may be panned by.
    private static final int MOST_PLACES = 10;
    private static final Pattern RECTANGLE = Pattern.compile("([0-9]{1,4}):([0-9]{1,4}):([0-9]{1,4}):([0-9]{1,4})");
    private static final Pattern PAN = Pattern.compile("([xy]):(-?[0-9]{1,5})(a?)");

    static final List<RoomVerb> ALL = List.of(
            CanvasCommands.member("vid-flip", "[0|90|180|270|mirror|rotate]", 1, "how the member's picture lies: turned by so many degrees, mirrored or not, or a quarter turn "
                            + "further; without a word upside down, or as it comes",
                    LookCommands::flip),
            CanvasCommands.member("vid-filter", "gray|sepia|8bit|reset", 2, "its colours; a `fg-` may stand in front of the word", LookCommands::filter),
            CanvasCommands.member("vid-codec-group", "<name>|clear", 2, "which of the profile's `video-codec-group` says what bit rate its canvas has at most", LookCommands::group),
            RoomVerb.of("cam", "<canvas> <slot> zoom <x>:<y>:<width>:<height>|pan x:<n>[a]|pan y:<n>[a]|reset", 3,
                    "what is seen of the picture in a slot of a canvas, until somebody else sits there: a part of it, in pixels of the slot, in the whole slot; that moved by so "
                            + "many pixels, or with `a` to there; or all of it. The first canvas is 1, the first slot 0",
                    (room, words) -> room.canvases().map(canvases -> cam(room, canvases, words)).orElse(CanvasCommands.NOT_MIXING)));

    private LookCommands() {}

    private static String flip(Room room, Member member, String value) {
        MemberPicture picture = member.picture();
        switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> picture.turns = picture.turns == 0 ? UPSIDE_DOWN : 0;
            case "rotate" -> picture.turns = (picture.turns + 1) % 4;
            case "mirror" -> picture.mirrored = !picture.mirrored;
            case "0", "90", "180", "270" -> picture.turns = Integer.parseInt(value) / DEGREES;
            default -> {
                return "-ERR Invalid flip [" + Member.printable(value) + "]\n";
            }
        }
        return "+OK flip " + picture.turns * DEGREES + (picture.mirrored ? " mirror" : "") + "\n";
    }

    private static String filter(Room room, Member member, String value) {
        Optional<Tint> tint = switch (value.toLowerCase(Locale.ROOT)) {
            case "gray", "fg-gray" -> Optional.of(Tint.GREY);
            case "sepia", "fg-sepia" -> Optional.of(Tint.SEPIA);
            case "8bit", "fg-8bit" -> Optional.of(Tint.FEW_COLOURS);
            case "reset", "clear" -> Optional.of(Tint.NONE);
            default -> Optional.empty();
        };
        tint.ifPresent(one -> member.picture().tint = one);
        return tint.isPresent() ? "+OK\n" : "-ERR Invalid filter [" + Member.printable(value) + "]\n";
    }

    private static String group(Room room, Member member, String value) {
        boolean clears = value.equalsIgnoreCase("clear");
        if (!clears && !room.profile().codecGroups().containsKey(value)) {
            return "-ERR there is no video-codec-group " + Member.printable(value) + "\n";
        }
        member.picture().codecGroup = clears ? "" : value;
        return "+OK codec-group " + (clears ? "cleared" : Member.printable(value)) + "\n";
    }

    private static String cam(Room room, Canvases canvases, List<String> words) {
        Optional<RoomCanvas> canvas = Optional.of(words.getFirst()).filter(Targets::isNumber).map(number -> Integer.parseInt(number) - 1)
                .filter(number -> number >= 0 && number < canvases.count()).map(canvases::canvas);
        if (canvas.isEmpty()) {
            return "-ERR Invalid canvas [" + Member.printable(words.getFirst()) + "]\n";
        }
        Optional<Integer> slot = Optional.of(words.get(1)).filter(Targets::isNumber).map(Integer::parseInt);
        Optional<Member> member = slot.flatMap(number -> room.members().stream()
                .filter(one -> number != Seating.NONE && canvas.get().slotOf(one.id()) == number).findFirst());
        if (member.isEmpty()) {
            return "-ERR nobody is in slot [" + Member.printable(words.get(1)) + "]\n";
        }
        Slot place = canvas.get().layout().slots().get(slot.orElseThrow());
        RoomCanvas.Rectangle where = RoomCanvas.Rectangle.of(place, canvases.width(), canvases.height());
        MemberPicture picture = member.get().picture();
        Part now = picture.part(place);
        Optional<Part> part = switch (words.get(2).toLowerCase(Locale.ROOT)) {
            case "reset" -> Optional.of(Part.WHOLE);
            case "zoom" -> zoomed(words.size() > 3 ? words.get(3) : "", where);
            case "pan" -> panned(words.size() > 3 ? words.get(3) : "", now, where);
            default -> Optional.empty();
        };
        part.ifPresent(one -> picture.zoom = Optional.of(new MemberPicture.Zoom(place, one)));
        return part.isPresent() ? "+OK\n" : "-ERR " + Member.printable(String.join(" ", words.subList(2, words.size()))) + " is nothing that lies in the slot\n";
    }

    private static Optional<Part> zoomed(String text, RoomCanvas.Rectangle where) {
        Matcher four = RECTANGLE.matcher(text);
        if (!four.matches()) {
            return Optional.empty();
        }
        int x = units(Integer.parseInt(four.group(1)), where.width());
        int y = units(Integer.parseInt(four.group(2)), where.height());
        int width = units(Integer.parseInt(four.group(3)), where.width());
        int height = units(Integer.parseInt(four.group(4)), where.height());
        boolean inside = width >= LEAST_PART && height >= LEAST_PART && x + width <= Part.UNITS && y + height <= Part.UNITS;
        return inside ? Optional.of(new Part(x, y, width, height)) : Optional.empty();
    }

    private static Optional<Part> panned(String text, Part now, RoomCanvas.Rectangle where) {
        Matcher pan = PAN.matcher(text);
        if (!pan.matches()) {
            return Optional.empty();
        }
        boolean across = pan.group(1).equals("x");
        int by = units(Integer.parseInt(pan.group(2)), across ? where.width() : where.height());
        int from = !pan.group(3).isEmpty() ? 0 : across ? now.x() : now.y();
        int to = Math.clamp(from + by, -MOST_PLACES * Part.UNITS, MOST_PLACES * Part.UNITS);
        return Optional.of(new Part(across ? to : now.x(), across ? now.y() : to, now.width(), now.height()));
    }

    private static int units(int pixels, int of) {
        return (int) Math.round((double) pixels * Part.UNITS / of);
    }

    /// How a member is seen in a slot.
    static Look look(Member member, Slot slot) {
        MemberPicture picture = member.picture();
        return new Look(picture.turns, picture.mirrored, picture.tint, picture.part(slot));
    }
}
