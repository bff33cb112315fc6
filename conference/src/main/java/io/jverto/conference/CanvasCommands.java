package io.jverto.conference;

import io.jverto.conference.layout.Layouts;
import io.jverto.conference.layout.Seating;
import io.jverto.media.plan.Scene.Art;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Commands on canvases (conference.md section 14, verto-wire.md section 9.7).
final class CanvasCommands {
    static final String NOT_MIXING = "-ERR Conference is not in mixing mode\n";
    private static final int MAX_ID = 64;

    static final List<RoomVerb> ALL = List.of(
            RoomVerb.of("vid-layout", "<layout>|group <group>|group:<group>|list [<canvas>]", 1, "another layout, or group of layouts, of a canvas, or of all",
                    (room, words) -> mixing(room, canvases -> layout(canvases, words))),
            member("vid-res-id", "<id>|clear [force]", 2, "keeps the slot with that reservation id for the member; the same id again gives it up", CanvasCommands::reserve),
            member("vid-role-id", "<id>|clear", 2, "the same with a role", CanvasCommands::role),
            member("vid-layer", "<number>|next|prev|clear", 2, "puts the member into a slot of its canvas, the first is 0", CanvasCommands::layer),
            member("vid-canvas", "<number>|next|prev", 2, "on which canvas the member is, the first is 1", CanvasCommands::canvas),
            member("vid-watching-canvas", "<number>|next|prev", 2, "which canvas it sees; 0 is the one of all canvases", CanvasCommands::watching),
            member("vid-banner", "<text>|clear|reset", 2, "a line of text below the member's picture, URL-encoded", CanvasCommands::banner),
            member("vid-mute-img", "<file>|clear", 2, "a picture in `images_dir` that is shown instead of a member that is not seen",
                    (room, member, value) -> image(room, value, (picture, art) -> picture.muteImage = art, member)),
            member("vid-logo-img", "<file>|clear", 2, "a picture in `images_dir` upon the member's",
                    (room, member, value) -> image(room, value, (picture, art) -> picture.logo = art, member)),
            member("vid-border", "on|off", 2, "whether the member's border is lit while it talks", CanvasCommands::border),
            RoomVerb.of("vid-fps", "[<number>]", 0, "pictures in a second, 1 to 60", (room, words) -> mixing(room, canvases -> fps(canvases, words))),
            RoomVerb.of("vid-res", "[<width>x<height>]", 0, "pixels of the canvases", (room, words) -> mixing(room, canvases -> size(canvases, words))),
            RoomVerb.of("vid-bandwidth", "[<kbit/s>|<n>mb|auto]", 0, "bit rate of a canvas for those who can take so much",
                    (room, words) -> mixing(room, canvases -> bandwidth(canvases, words))),
            RoomVerb.of("vid-bgimg", "<file>|clear", 1, "a picture in `images_dir` behind all others",
                    (room, words) -> mixing(room, canvases -> ground(canvases, words.getFirst(), true))),
            RoomVerb.of("vid-fgimg", "<file>|clear", 1, "a picture in `images_dir` before all others",
                    (room, words) -> mixing(room, canvases -> ground(canvases, words.getFirst(), false))),
            RoomVerb.of("vid-write-png", "<file> [<canvas>|all]", 1, "writes what a canvas shows to a `.png` file in the folder of recordings; the first canvas, another one by "
                            + "its number, 0 for the one of all canvases, or `all`, each to a file with its number",
                    (room, words) -> mixing(room, canvases -> snapshot(room, canvases, words))),
            RoomVerb.of("vid-personal", "[on|off]", 0, "each member sees a canvas without itself", (room, words) -> mixing(room, canvases -> personal(canvases, words))));

    private CanvasCommands() {}

    private interface OnCanvases {
        String run(Canvases canvases);
    }

    /// @param least words that it needs, with the one that says whom
    static RoomVerb member(String name, String usage, int least, String summary, RoomVerb.OnMember run) {
        RoomVerb.OnMember noted = (room, member, value) -> {
            member.pictured(); // so that it is noted, too, what its row does not show
            return run.run(room, member, value);
        };
        return RoomVerb.of(name, RoomVerb.TARGET + " " + usage, least, summary, (room, words) -> mixing(room, _ -> Targets.each(room, words, noted)));
    }

    private static String mixing(Room room, OnCanvases run) {
        return room.canvases().map(run::run).orElse(NOT_MIXING);
    }

    private static String layout(Canvases canvases, List<String> words) {
        if (words.getFirst().equalsIgnoreCase("list")) {
            return canvases.layouts().all().stream().map(one -> one.name() + "\n").collect(Collectors.joining())
                    + canvases.layouts().groupNames().stream().map(one -> Layouts.GROUP + one + "\n").collect(Collectors.joining());
        }
        boolean two = words.getFirst().equalsIgnoreCase("group") && words.size() > 1;
        String name = two ? Layouts.GROUP + words.get(1) : words.getFirst();
        if (!canvases.layouts().knows(name)) {
            return "-ERR Invalid " + (name.startsWith(Layouts.GROUP) ? "group" : "layout") + " [" + Member.printable(words.get(two ? 1 : 0)) + "]\n";
        }
        String which = words.size() > (two ? 2 : 1) ? words.get(two ? 2 : 1) : "all";
        OptionalInt only = number(which, 1, canvases.count());
        if (!which.equalsIgnoreCase("all") && only.isEmpty()) {
            return "-ERR Invalid canvas [" + Member.printable(which) + "]\n";
        }
        StringBuilder reply = new StringBuilder();
        for (RoomCanvas canvas : canvases.all()) {
            if (only.isEmpty() || only.getAsInt() == canvas.number() + 1) {
                canvas.layout(name);
                if (!name.startsWith(Layouts.GROUP)) {
                    reply.append("+OK Change canvas ").append(canvas.number() + 1).append(" to layout [").append(name).append("]\n");
                }
            }
        }
        canvases.tellAgain();
        return name.startsWith(Layouts.GROUP) ? "+OK Change to layout group [" + name.substring(Layouts.GROUP.length()) + "]\n" : reply.toString();
    }

    private static String reserve(Room room, Member member, String value) {
        if (isClear(value) || value.equals(member.picture().reservation)) {
            member.picture().reservation = "";
            member.pictured();
            return "+OK reservation_id cleared\n";
        }
        if (value.length() > MAX_ID) {
            return "-ERR invalid reservation_id\n";
        }
        // Who is given an id takes it from whoever had it: a slot has room for one.
        room.members().stream().filter(other -> other.picture().reservation.equals(value)).forEach(other -> {
            other.picture().reservation = "";
            other.pictured();
        });
        member.picture().reservation = Member.printable(value);
        member.pictured();
        return "+OK reservation_id " + member.picture().reservation + "\n";
    }

    private static String role(Room room, Member member, String value) {
        boolean gives = isClear(value) || value.equals(member.picture().role);
        member.picture().role = gives || value.length() > MAX_ID ? "" : Member.printable(value);
        member.pictured();
        return gives ? "+OK role_id cleared\n" : "+OK role_id " + member.picture().role + "\n";
    }

    private static String layer(Room room, Member member, String value) {
        Canvases canvases = room.canvases().orElseThrow();
        MemberPicture picture = member.picture();
        int slots = canvases.canvas(picture.canvas).layout().slots().size();
        if (isClear(value)) {
            picture.wantedSlot = Seating.NONE;
            return "+OK layer cleared\n";
        }
        OptionalInt slot = step(value, picture.layer, slots, 0);
        if (slot.isEmpty()) {
            return "-ERR Invalid Canvas\n";
        }
        room.members().stream().filter(other -> other.picture().canvas == picture.canvas && other.picture().wantedSlot == slot.getAsInt())
                .forEach(other -> other.picture().wantedSlot = Seating.NONE);
        picture.wantedSlot = slot.getAsInt();
        return "+OK layer " + slot.getAsInt() + "\n";
    }

    private static String canvas(Room room, Member member, String value) {
        int count = room.canvases().orElseThrow().count();
        if (count == 1) {
            return "-ERR Only 1 Canvas\n";
        }
        OptionalInt canvas = step(value, member.picture().canvas + 1, count, 1);
        if (canvas.isEmpty()) {
            return "-ERR Invalid DATA\n";
        }
        member.picture().canvas = canvas.getAsInt() - 1;
        member.picture().wantedSlot = Seating.NONE;
        member.pictured();
        return "+OK canvas " + canvas.getAsInt() + "\n";
    }

    private static String watching(Room room, Member member, String value) {
        int count = room.canvases().orElseThrow().count();
        if (count == 1) {
            return "-ERR Only 1 Canvas\n";
        }
        OptionalInt canvas = value.equals("0") ? OptionalInt.of(0) : step(value, member.picture().watching + 1, count, 1);
        if (canvas.isEmpty()) {
            return "-ERR Invalid DATA\n";
        }
        member.picture().watching = canvas.getAsInt() - 1;
        member.pictured();
        return "+OK watching canvas " + canvas.getAsInt() + "\n";
    }

    private static String banner(Room room, Member member, String value) {
        boolean none = isClear(value) || value.equalsIgnoreCase("reset");
        member.picture().banner = none ? Optional.empty() : Banners.of(Banners.unescaped(value));
        return "+OK\n";
    }

    private static String image(Room room, String value, BiConsumer<MemberPicture, Optional<Art>> set, Member member) {
        Optional<Art> art = isClear(value) ? Optional.empty() : room.canvases().orElseThrow().image(value);
        if (art.isEmpty() && !isClear(value)) {
            return "-ERR " + Member.printable(value) + " is not in images_dir\n";
        }
        set.accept(member.picture(), art);
        return "+OK\n";
    }

    private static String border(Room room, Member member, String value) {
        member.picture().bordered = !value.equalsIgnoreCase("off");
        return "+OK border " + (member.picture().bordered ? "on" : "off") + "\n";
    }

    private static String fps(Canvases canvases, List<String> words) {
        OptionalInt fps = words.isEmpty() ? OptionalInt.empty() : number(words.getFirst(), 1, CanvasProfile.MAX_FPS);
        if (fps.isEmpty() && !words.isEmpty()) {
            return "-ERR fps must be 1 to " + CanvasProfile.MAX_FPS + "\n";
        }
        fps.ifPresent(canvases::fps);
        return "+OK fps " + canvases.fps() + "\n";
    }

    private static String size(Canvases canvases, List<String> words) {
        Optional<CanvasProfile.Size> size = words.isEmpty() ? Optional.empty() : CanvasProfile.size(words.getFirst());
        if (size.isEmpty() && !words.isEmpty()) {
            return "-ERR the canvas must be " + CanvasProfile.MIN_WIDTH + "x" + CanvasProfile.MIN_HEIGHT + " to " + CanvasProfile.MAX_WIDTH + "x"
                    + CanvasProfile.MAX_HEIGHT + "\n";
        }
        size.ifPresent(canvases::size);
        return "+OK " + canvases.width() + "x" + canvases.height() + "\n";
    }

    private static String bandwidth(Canvases canvases, List<String> words) {
        if (!words.isEmpty()) {
            String text = words.getFirst();
            Optional<Integer> rate = CanvasProfile.rate(text.contains(":") ? text.substring(0, text.indexOf(':')) : text,
                    new CanvasProfile.Size(canvases.width(), canvases.height()), canvases.fps(), 1);
            if (rate.isEmpty()) {
                return "-ERR Invalid bandwidth [" + Member.printable(text) + "]\n";
            }
            canvases.bitsPerSecond(rate.get());
        }
        return "+OK Set Bandwidth " + canvases.bitsPerSecond() / 1_000 + " kps\n";
    }

    private static String ground(Canvases canvases, String value, boolean behind) {
        Optional<Art> art = isClear(value) ? Optional.empty() : canvases.image(value);
        if (art.isEmpty() && !isClear(value)) {
            return "-ERR " + Member.printable(value) + " is not in images_dir\n";
        }
        if (behind) {
            canvases.behind(art);
        } else {
            canvases.before(art);
        }
        return "+OK " + (behind ? "background" : "foreground") + " image " + (art.isEmpty() ? "cleared" : "[" + Member.printable(value) + "]") + "\n";
    }

    private static String personal(Canvases canvases, List<String> words) {
        if (!words.isEmpty() && !canvases.personal(words.getFirst().equalsIgnoreCase("on"))) {
            return "-ERR personal canvas does not go with several canvases\n";
        }
        return "+OK personal canvas " + (canvases.personal() ? "enabled" : "disabled") + "\n";
    }

    private static String snapshot(Room room, Canvases canvases, List<String> words) {
        String which = words.size() > 1 ? words.get(1) : canvases.count() == 1 ? "all" : "1";
        OptionalInt only = number(which, canvases.count() == 1 ? 1 : 0, canvases.count());
        if (only.isEmpty() && !which.equalsIgnoreCase("all")) {
            return "-ERR Invalid canvas [" + Member.printable(which) + "]\n";
        }
        Optional<SoundPaths.Place> place = room.around().world().picture(room.key(), Text.data(words.getFirst()));
        if (place.isEmpty()) {
            return "-ERR file [" + Member.printable(words.getFirst()) + "] cannot be written: name a .png file in the folder of recordings.\n";
        }
        canvases.snapshot(only, place.get());
        return "+OK Write [" + Member.printable(words.getFirst()) + "]\n";
    }

    private static boolean isClear(String value) {
        return value.equalsIgnoreCase("clear");
    }

    /// @param value a number, `next` or `prev`
    private static OptionalInt step(String value, int now, int count, int first) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "next" -> count == 0 ? OptionalInt.empty() : OptionalInt.of(Math.floorMod(now - first + 1, count) + first);
            case "prev" -> count == 0 ? OptionalInt.empty() : OptionalInt.of(Math.floorMod(now - first - 1, count) + first);
            default -> number(value, first, count - 1 + first);
        };
    }

    private static OptionalInt number(String text, int least, int most) {
        if (!text.matches("[0-9]{1,4}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
