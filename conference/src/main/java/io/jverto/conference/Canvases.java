package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.conference.layout.Layout;
import io.jverto.conference.layout.Layouts;
import io.jverto.conference.layout.Seating;
import io.jverto.conference.layout.Slot;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Banner;
import io.jverto.media.plan.Scene.Content;
import io.jverto.media.plan.Scene.Tile;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.port.MediaService.RoomSound;
import io.jverto.switchboard.port.StudioRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The canvases of a room (conference.md section 21, `video-mode` mux): who is seen on which of them and where, and who watches which.
@OwnedBy(Role.ROOM)
final class Canvases {
    private static final Logger log = LoggerFactory.getLogger(Canvases.class);
    /// Numbers that the studio knows them by; one that shows others has a higher one.
    private static final int SUPER_NUMBER = 1_000;
    private static final int PERSONAL_NUMBER = 2_000;
    private static final String MUTED = "VIDEO MUTED";

    private final Room room;
    private final StudioRef studio;
    private final Layouts layouts;
    private final CanvasProfile profile;
    private final List<RoomCanvas> canvases = new ArrayList<>();
    private final RoomCanvas all = new RoomCanvas(SUPER_NUMBER, "");
    /// Of each member that watches, while each has one of its own.
    private final Map<Member, RoomCanvas> own = new HashMap<>();
    private final Map<Member, VideoPlan> joined = new HashMap<>();
    private final Map<Member, OptionalInt> watched = new HashMap<>();
    private final Map<Member, CodecGroup> limits = new HashMap<>();
    private int width;
    private int height;
    private int fps;
    private int bitsPerSecond;
    private boolean personal;
    private Optional<Art> behind;
    private Optional<Art> before = Optional.empty();
    private boolean tell = true;
    private Optional<RoomSounds.Showing> film = Optional.empty();
    /// Its number, once the studio has it.
    private long projected;

    Canvases(Room room, StudioRef studio, Layouts layouts, CanvasProfile profile) {
        this.room = room;
        this.studio = studio;
        this.layouts = layouts;
        this.profile = profile;
        this.width = profile.width();
        this.height = profile.height();
        this.fps = profile.fps();
        this.bitsPerSecond = profile.bitsPerSecond();
        this.behind = RoomImages.ofConfiguration(globals(), profile.image());
        for (int i = 0; i < profile.count(); i++) {
            canvases.add(new RoomCanvas(i, profile.layout()));
        }
    }

    /// @return empty when the profile wants none, or the library is not there that they are made by
    static Optional<Canvases> open(Room room, Layouts layouts) {
        if (!room.profile().text(ProfileParam.VIDEO_MODE).equals("mux")) {
            return Optional.empty();
        }
        CanvasProfile profile = CanvasProfile.of(room.profile());
        return room.around().media().openStudio(room.key().toString(), profile.fps()).map(studio -> new Canvases(room, studio, layouts, profile));
    }

    private Map<String, String> globals() {
        return room.around().world().routing().get().globals();
    }

    Layouts layouts() {
        return layouts;
    }

    List<RoomCanvas> all() {
        return canvases;
    }

    int count() {
        return canvases.size();
    }

    /// @param number from 0
    RoomCanvas canvas(int number) {
        return canvases.get(number);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int fps() {
        return fps;
    }

    int bitsPerSecond() {
        return bitsPerSecond;
    }

    boolean personal() {
        return personal;
    }

    CanvasProfile profile() {
        return profile;
    }

    Optional<Art> image(String command) {
        return RoomImages.ofCommand(globals(), command);
    }

    void size(CanvasProfile.Size size) {
        width = size.width();
        height = size.height();
        tell = true;
    }

    void fps(int wanted) {
        fps = wanted;
        studio.framesPerSecond(wanted);
    }

    void bitsPerSecond(int wanted) {
        bitsPerSecond = wanted;
        canvases.forEach(RoomCanvas::forget);
        own.values().forEach(RoomCanvas::forget);
        all.forget();
    }

    void behind(Optional<Art> image) {
        behind = image;
    }

    void before(Optional<Art> image) {
        before = image;
    }

    /// @return false in a room with several canvases, where there are none of each member's own
    boolean personal(boolean wanted) {
        if (canvases.size() > 1) {
            return false;
        }
        personal = wanted;
        if (!wanted) {
            own.values().forEach(canvas -> studio.drop(canvas.number()));
            own.clear();
        }
        return true;
    }

    /// @param now the film that plays to all
    void film(Optional<RoomSounds.Showing> now) {
        film = now;
    }

    /// @param number from 0; another one than there are is the last
    void record(RoomSound recording, int number) {
        studio.record(recording, Math.min(number, canvases.size() - 1));
    }

    /// Writes what is seen to a file, in a room with several canvases and none that is meant to one for each.
    ///
    /// @param only number of a canvas from 1, 0 for the one of all
    void snapshot(OptionalInt only, SoundPaths.Place place) {
        if (only.isPresent() || canvases.size() == 1) {
            int number = only.isPresent() && only.getAsInt() == 0 ? SUPER_NUMBER : only.orElse(1) - 1;
            studio.snapshot(number, place.path(), place.followLinks());
            return;
        }
        String name = place.path().getFileName().toString();
        int dot = name.lastIndexOf('.');
        for (RoomCanvas canvas : canvases) {
            Path file = place.path().resolveSibling(name.substring(0, dot) + "-" + (canvas.number() + 1) + name.substring(dot));
            studio.snapshot(canvas.number(), file, place.followLinks());
        }
    }

    /// Clients are to be told of all layouts again.
    void tellAgain() {
        tell = true;
    }

    /// @param wish what its channel says of how it is seen (conference.md section 2.2)
    void joins(Member member, Map<String, String> wish) {
        personal |= room.members().size() == 1 && canvases.size() == 1
                && room.state().flags.contains(ConferenceFlag.VIDEO_MUXING_PERSONAL_CANVAS);
        MemberPicture picture = member.picture();
        picture.canvas = Math.min(canvas(wish.getOrDefault("video_initial_canvas", "")).orElse(0), canvases.size() - 1);
        picture.watching = wish.getOrDefault("video_initial_watching_canvas", "").equals("0") ? MemberPicture.SUPER
                : Math.min(canvas(wish.getOrDefault("video_initial_watching_canvas", "")).orElse(picture.canvas), canvases.size() - 1);
        picture.reservation = Member.printable(wish.getOrDefault("video_reservation_id", ""));
        picture.role = Member.printable(wish.getOrDefault("video_role_id", ""));
        picture.banner = Banners.of(wish.getOrDefault("video_banner_text", ""));
        picture.mutedBanner = wish.getOrDefault("video_mute_banner", "");
        picture.turns = member.has(MemberFlag.FLIP_VIDEO) ? LookCommands.UPSIDE_DOWN : 0;
        picture.codecGroup = wish.getOrDefault("video_codec_group", "");
        picture.muteImage = image(wish.getOrDefault("video_mute_png", ""));
        picture.logo = image(wish.getOrDefault("video_logo_path", ""));
        picture.avatar = image(wish.getOrDefault("video_no_video_avatar_png", "")).or(() -> image(wish.getOrDefault("video_avatar_png", "")));
        tell = true;
    }

    private static Optional<Integer> canvas(String number) {
        return number.matches("[1-9][0-9]?") ? Optional.of(Integer.parseInt(number) - 1) : Optional.empty();
    }

    void left(Member member) {
        studio.leave(member.seat().request().channel().id());
        joined.remove(member);
        forget(member);
        limits.remove(member);
        RoomCanvas gone = own.remove(member);
        if (gone != null) {
            studio.drop(gone.number());
        }
        tell = true;
    }

    /// Brings what is seen to what is.
    ///
    /// @param onLayout told of each canvas on which something is different
    void update(java.util.function.Consumer<RoomCanvas> onLayout) {
        room.members().forEach(this::join);
        boolean again = tell;
        tell = false;
        for (RoomCanvas canvas : canvases) {
            boolean changed = canvas.seat(layouts, wishes(canvas, Optional.empty()));
            moveOn(canvas);
            show(canvas);
            if (changed || again) {
                onLayout.accept(canvas);
            }
        }
        project();
        if (canvases.size() > 1) {
            showAll();
        }
        if (personal) {
            room.members().stream().filter(member -> member.video().looksAtRoom()).forEach(this::showOwn);
        }
        room.members().forEach(this::place);
        room.members().forEach(this::limit);
        room.members().forEach(this::watch);
    }

    private void join(Member member) {
        Optional<VideoPlan> plan = member.video().agreed();
        if (plan.isEmpty()) {
            if (joined.remove(member) != null) {
                studio.leave(member.seat().request().channel().id());
                forget(member);
            }
        } else if (!plan.get().equals(joined.get(member))) {
            if (!readable(member)) {
                log.info("room {}: member {} has {}, and the canvas VP8 and VP9: it is neither seen nor sees", room.key(), member.id(), plan.get().codec());
            }
            joined.put(member, plan.get());
            forget(member);
            member.seat().join(studio);
        }
    }

    /// What the studio was told of it counts no more.
    private void forget(Member member) {
        watched.remove(member);
        limits.put(member, CodecGroup.NONE);
    }

    private List<Seating.Wish> wishes(RoomCanvas canvas, Optional<Member> without) {
        List<Seating.Wish> wishes = new ArrayList<>();
        for (Member member : room.members()) {
            boolean there = without.isPresent() || member.picture().canvas == canvas.number();
            if (there && without.filter(one -> one == member).isEmpty() && isToBeSeen(member)) {
                MemberPicture picture = member.picture();
                boolean floor = canvases.size() == 1 && member.video().hasFloor();
                wishes.add(new Seating.Wish(member.id(), picture.reservation, picture.role, floor, moves(member), picture.wantedSlot));
            }
        }
        if (hasFilm(canvas) && film.filter(RoomSounds.Showing::whole).isEmpty()) {
            wishes.add(new Seating.Wish(Seating.FILM, "", "", false, true, Seating.NONE));
        }
        return wishes;
    }

    /// The first canvas, and those of each member's own.
    private boolean hasFilm(RoomCanvas canvas) {
        return film.isPresent() && (canvas.number() == 0 || canvas.number() >= PERSONAL_NUMBER);
    }

    /// After it has its place, so that its first picture is seen.
    private void project() {
        film.filter(one -> one.number() != projected).ifPresent(one -> {
            projected = one.number();
            studio.project(source(one), one.sound());
        });
    }

    private static String source(RoomSounds.Showing film) {
        return "film " + film.number();
    }

    private Tile filmTile(boolean fills, RoomCanvas.Rectangle where) {
        return new Tile(where.x(), where.y(), where.width(), where.height(), new Content.Camera(source(film.orElseThrow()), Optional.empty(), true),
                fills, profile.edge(), 0, 0, Optional.empty(), Optional.empty());
    }

    private boolean isToBeSeen(Member member) {
        if (member.ghost() || member.has(MemberFlag.SECOND_SCREEN)) {
            return false;
        }
        if (!member.video().sends()) {
            return !room.state().flags.contains(ConferenceFlag.VIDEO_REQUIRED_FOR_CANVAS);
        }
        return !member.video().muted() || !room.state().flags.contains(ConferenceFlag.VIDEO_MUTE_EXIT_CANVAS);
    }

    /// Whether its picture moves.
    private static boolean moves(Member member) {
        return member.video().sends() && readable(member) && !member.video().muted() && !member.held() && !member.parked();
    }

    private static boolean readable(Member member) {
        return member.video().agreed().filter(plan -> plan.format().canBePainted()).isPresent();
    }

    /// Those for whom there is no room go to the next canvas that has some.
    private void moveOn(RoomCanvas canvas) {
        for (Member member : room.members()) {
            boolean stands = member.picture().canvas == canvas.number() && isToBeSeen(member) && canvas.slotOf(member.id()) == Seating.NONE;
            int next = canvas.number() + 1;
            if (stands && next < canvases.size() && canvases.get(next).hasRoom(layouts, wishes(canvases.get(next), Optional.empty()).size() + 1)) {
                member.picture().canvas = next;
            }
        }
    }

    private void show(RoomCanvas canvas) {
        boolean whole = hasFilm(canvas) && canvas.slotOf(Seating.FILM) == Seating.NONE;
        canvas.upon(whole ? Optional.of(filmTile(false, new RoomCanvas.Rectangle(0, 0, width, height))) : Optional.empty());
        canvas.scene(width, height, profile.background(), image(canvas.layout().backdrop(), behind), image(canvas.layout().front(), before),
                        id -> (slot, where) -> tile(canvas.layout(), id, slot, where))
                .ifPresent(scene -> studio.show(canvas.number(), scene, bitsPerSecond));
    }

    private Optional<Art> image(String ofLayout, Optional<Art> ofRoom) {
        return ofRoom.or(() -> RoomImages.ofConfiguration(globals(), ofLayout));
    }

    /// Each canvas as if it were a member.
    private void showAll() {
        List<Seating.Wish> wishes = canvases.stream()
                .map(canvas -> new Seating.Wish(canvas.number() + 1, "", "", false, true, Seating.NONE)).toList();
        all.layout(layouts.knows(Layouts.GROUP + "grid") ? Layouts.GROUP + "grid" : profile.layout());
        all.seat(layouts, wishes);
        all.scene(width, height, profile.superBackground(), Optional.empty(), Optional.empty(), number -> (slot, where) -> new Tile(
                        where.x(), where.y(), where.width(), where.height(), new Content.Canvas(number - 1), false, profile.edge(), 0, 0,
                        Optional.empty(), Optional.empty()))
                .ifPresent(scene -> studio.show(SUPER_NUMBER, scene, bitsPerSecond));
    }

    private void showOwn(Member viewer) {
        RoomCanvas canvas = own.computeIfAbsent(viewer, member -> new RoomCanvas(PERSONAL_NUMBER + member.id(), canvases.getFirst().wanted()));
        canvas.layout(canvases.getFirst().wanted());
        canvas.seat(layouts, wishes(canvas, Optional.of(viewer)));
        show(canvas);
    }

    private Tile tile(Layout layout, int id, Slot slot, RoomCanvas.Rectangle where) {
        if (id == Seating.FILM) {
            return filmTile(slot.zoom(), where);
        }
        Member member = room.members().stream().filter(one -> one.id() == id).findFirst().orElseThrow();
        MemberPicture picture = member.picture();
        int border = layout.borderOf(slot) > 0 ? layout.borderOf(slot) : profile.border();
        boolean lit = picture.bordered && member.talking();
        return new Tile(where.x(), where.y(), where.width(), where.height(), content(member, slot), slot.zoom(), profile.edge(),
                picture.bordered ? border : 0, lit ? profile.borderColour() : profile.edge(), banner(member), picture.logo);
    }

    private Content content(Member member, Slot slot) {
        Art avatar = member.picture().avatar.or(() -> RoomImages.ofConfiguration(globals(), profile.avatar()))
                .orElseGet(() -> new Art.Initials(Member.printable(name(member))));
        if (moves(member)) {
            return new Content.Camera(member.key(), Optional.of(avatar), member.has(MemberFlag.NO_VIDEO_BLANKS), LookCommands.look(member, slot));
        }
        return new Content.Still(member.video().muted() ? member.picture().muteImage.orElse(avatar) : avatar);
    }

    private static String name(Member member) {
        String name = member.seat().request().caller().callerName();
        return name.isBlank() ? member.seat().request().caller().callerNumber() : name;
    }

    private Optional<Banner> banner(Member member) {
        MemberPicture picture = member.picture();
        boolean muted = member.video().sends() && member.video().muted() && picture.muteImage.isEmpty();
        if (!muted) {
            return picture.banner;
        }
        return Banners.of(picture.mutedBanner).or(() -> Banners.of(profile.mutedBanner())).or(() -> Banners.of(MUTED));
    }

    /// Where it is now, for its row, and for those who hear it.
    private void place(Member member) {
        MemberPicture picture = member.picture();
        RoomCanvas canvas = canvases.get(picture.canvas);
        int layer = canvas.slotOf(member.id());
        if (layer == picture.layer) {
            return;
        }
        picture.layer = layer;
        member.pictured();
        if (PlaceCommands.hasPlaces(room) && !member.has(MemberFlag.NO_POSITIONAL)) {
            Optional<Position> heard = layer == Seating.NONE ? Optional.empty() : SlotPlaces.of(canvas.layout(), canvas.layout().slots().get(layer));
            heard.ifPresent(position -> member.place(Optional.of(position)));
        }
    }

    /// How much of a canvas goes to it at most.
    private void limit(Member member) {
        CodecGroup group = room.profile().codecGroups().getOrDefault(member.picture().codecGroup, CodecGroup.NONE);
        if (joined.containsKey(member) && !group.equals(limits.put(member, group))) {
            studio.limit(member.seat().request().channel().id(), group.bitsPerSecond(), group.small());
        }
    }

    private void watch(Member member) {
        if (!joined.containsKey(member)) {
            return;
        }
        OptionalInt wanted = wanted(member);
        if (!wanted.equals(watched.put(member, wanted))) {
            studio.watch(member.seat().request().channel().id(), wanted);
        }
    }

    private OptionalInt wanted(Member member) {
        if (!member.video().looksAtRoom() || member.parked()) {
            return OptionalInt.empty();
        }
        if (personal && own.containsKey(member)) {
            return OptionalInt.of(own.get(member).number());
        }
        int watching = member.picture().watching;
        return OptionalInt.of(watching != MemberPicture.SUPER ? watching : canvases.size() > 1 ? SUPER_NUMBER : 0);
    }

    void close() {
        studio.close();
    }
}
