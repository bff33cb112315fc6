package io.jverto.media.picture;

import io.jverto.media.plan.Scene;
import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Banner;
import io.jverto.media.plan.Scene.Content;
import io.jverto.media.plan.Scene.Look;
import io.jverto.media.plan.Scene.Part;
import io.jverto.media.plan.Scene.Tile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Paints scenes. What has not changed since the last picture is not painted again, unless something below it has. Once a scene was painted,
/// further pictures of it allocate nothing.
public final class Painter {
    private static final int LOGO_PART = 4;

    private final Picture canvas;
    private @Nullable Scene scene;
    private Brush[] brushes = new Brush[0];
    private boolean whole = true;

    public Painter(int width, int height) {
        this.canvas = new Picture(width, height);
    }

    /// What is painted. Each is null while there is none; asked for at each picture.
    public interface Palette {
        /// @param freezes whether the last picture stays when none comes
        /// @return what the channel's camera shows now
        @Nullable Picture camera(String source, boolean freezes);

        @Nullable Picture canvas(int number);

        /// @return that art in exactly that size
        @Nullable Sprite art(Art art, int width, int height);
    }

    public Picture canvas() {
        return canvas;
    }

    /// Paints another scene from now on.
    public void show(Scene next) {
        if (next.width() != canvas.width() || next.height() != canvas.height()) {
            canvas.resize(next.width(), next.height());
        }
        List<Tile> tiles = next.tiles();
        Brush[] kept = brushes;
        brushes = new Brush[tiles.size()];
        for (int i = 0; i < brushes.length; i++) {
            brushes[i] = i < kept.length ? kept[i] : new Brush();
            brushes[i].tile = tiles.get(i);
        }
        scene = next;
        whole = true;
    }

    /// Paints everything again, because some art is ready.
    public void repaint() {
        whole = true;
    }

    /// @return whether anything is different
    public boolean paint(Palette palette) {
        Scene now = scene;
        if (now == null) {
            return false;
        }
        boolean changed = whole;
        for (Brush brush : brushes) {
            brush.look(palette);
            changed |= brush.changed;
        }
        // What lies before all others would be laid upon itself otherwise.
        whole |= changed && now.before().isPresent();
        if (whole) {
            canvas.fill(0, 0, canvas.width(), canvas.height(), now.background());
            art(now.behind(), palette, 0, 0, canvas.width(), canvas.height());
        }
        for (int i = 0; i < brushes.length; i++) {
            Brush brush = brushes[i];
            brush.painting = whole || brush.changed || liesOnPainted(i);
            if (brush.painting) {
                paint(brush, palette);
            }
        }
        if (changed) {
            art(now.before(), palette, 0, 0, canvas.width(), canvas.height());
            canvas.painted();
        }
        whole = false;
        return changed;
    }

    private boolean liesOnPainted(int number) {
        Tile upper = brushes[number].tile();
        for (int i = 0; i < number; i++) {
            Tile lower = brushes[i].tile();
            if (brushes[i].painting && upper.x() < lower.x() + lower.width() && lower.x() < upper.x() + upper.width()
                    && upper.y() < lower.y() + lower.height() && lower.y() < upper.y() + upper.height()) {
                return true;
            }
        }
        return false;
    }

    private void paint(Brush brush, Palette palette) {
        Tile tile = brush.tile();
        int border = Math.min(tile.border(), Math.min(tile.width(), tile.height()) / 2 - 2) & ~1;
        int x = tile.x();
        int y = tile.y();
        int width = tile.width();
        int height = tile.height();
        if (border > 0) {
            canvas.fill(x, y, width, height, tile.borderColour());
            x += border;
            y += border;
            width -= 2 * border;
            height -= 2 * border;
        }
        Picture picture = brush.picture;
        if (picture == null) {
            canvas.fill(x, y, width, height, tile.edge());
            art(otherwise(tile.content()), palette, x, y, width, height);
        } else {
            picture(brush, picture, x, y, width, height);
        }
        Optional<Banner> banner = tile.banner();
        if (banner.isPresent()) {
            int strip = Math.clamp(height * banner.get().size() / 60, 16, Math.max(16, height / 2)) & ~1;
            art(brush.line(banner.get()), palette, x, y + height - strip, width, strip);
        }
        if (tile.logo().isPresent()) {
            int side = width / LOGO_PART & ~1;
            art(tile.logo(), palette, x + width - side, y, side, height / LOGO_PART & ~1);
        }
    }

    private static Optional<Art> otherwise(Content content) {
        return switch (content) {
            case Content.Camera camera -> camera.otherwise();
            case Content.Still(Art art) -> Optional.of(art);
            case Content.Canvas _, Content.Blank _ -> Optional.empty();
        };
    }

    private void art(Optional<Art> art, Palette palette, int x, int y, int width, int height) {
        if (art.isPresent() && width > 0 && height > 0) {
            Sprite sprite = palette.art(art.get(), width, height);
            if (sprite != null) {
                canvas.put(sprite, x, y);
            }
        }
    }

    /// Shows it whole with edges beside it, or cut so that it fills the place; or a part of that in the same way.
    private void picture(Brush brush, Picture picture, int x, int y, int width, int height) {
        Look look = brush.tile().content() instanceof Content.Camera camera ? camera.look() : Look.PLAIN;
        Fit fit = brush.fit;
        fit.all(look.lies() ? picture.height() : picture.width(), look.lies() ? picture.width() : picture.height());
        fit.into(width, height, brush.tile().fills());
        if (!look.part().equals(Part.WHOLE)) {
            fit.part(look.part());
            fit.into(width, height, brush.tile().fills());
        }
        if (fit.toWidth < width || fit.toHeight < height) {
            edges(brush.tile().edge(), x, y, width, height, x + fit.toX, y + fit.toY, fit.toWidth, fit.toHeight);
        }
        if (look.turns() == 0 && !look.mirrored()) {
            brush.scale(picture, canvas, x + fit.toX, y + fit.toY);
        } else {
            turned(brush, picture, look, x + fit.toX, y + fit.toY);
        }
        Tinting.tint(look.tint(), canvas, x + fit.toX, y + fit.toY, fit.toWidth, fit.toHeight);
    }

    /// Scales it as it comes, and turns what is most often the smaller picture.
    private void turned(Brush brush, Picture picture, Look look, int x, int y) {
        brush.fit.turnBack(look);
        Picture scaled = brush.scaled();
        brush.scale(picture, scaled, 0, 0);
        canvas.putTurned(scaled, look, x, y);
        brush.fit.turn(look);
    }

    private void edges(int colour, int x, int y, int width, int height, int innerX, int innerY, int innerWidth, int innerHeight) {
        canvas.fill(x, y, width, innerY - y, colour);
        canvas.fill(x, innerY + innerHeight, width, y + height - innerY - innerHeight, colour);
        canvas.fill(x, innerY, innerX - x, innerHeight, colour);
        canvas.fill(innerX + innerWidth, innerY, x + width - innerX - innerWidth, innerHeight, colour);
    }

    /// What is kept of one tile from picture to picture.
    private static final class Brush {
        private final Scaler luma = new Scaler();
        private final Scaler chroma = new Scaler();
        private final Fit fit = new Fit();
        private @Nullable Picture scaled;
        private @Nullable Tile tile;
        private @Nullable Picture picture;
        private long version;
        private boolean changed;
        private boolean painting;
        private Optional<Art> line = Optional.empty();

        Tile tile() {
            return java.util.Objects.requireNonNull(tile);
        }

        void look(Palette palette) {
            Picture now = switch (tile().content()) {
                case Content.Camera camera -> palette.camera(camera.source(), camera.freezes());
                case Content.Canvas(int number) -> palette.canvas(number);
                case Content.Still _, Content.Blank _ -> null;
            };
            changed = now != picture || now != null && now.version() != version;
            picture = now;
            version = now == null ? 0 : now.version();
        }

        /// @return as large as what is scaled, to be painted over
        Picture scaled() {
            Picture own = scaled;
            if (own == null) {
                own = new Picture(fit.toWidth, fit.toHeight);
                scaled = own;
            }
            own.resize(fit.toWidth, fit.toHeight);
            return own;
        }

        void scale(Picture from, Picture to, int x, int y) {
            luma.set(fit.width, fit.height, fit.toWidth, fit.toHeight);
            luma.scale(from.luma(), fit.top * from.width() + fit.left, from.width(), to.luma(), y * to.width() + x, to.width());
            chroma.set(fit.width / 2, fit.height / 2, fit.toWidth / 2, fit.toHeight / 2);
            int read = fit.top / 2 * (from.width() / 2) + fit.left / 2;
            int write = y / 2 * (to.width() / 2) + x / 2;
            chroma.scale(from.u(), read, from.width() / 2, to.u(), write, to.width() / 2);
            chroma.scale(from.v(), read, from.width() / 2, to.v(), write, to.width() / 2);
        }

        Optional<Art> line(Banner banner) {
            if (!(line.orElse(null) instanceof Art.Line(Banner known)) || !known.equals(banner)) {
                line = Optional.of(new Art.Line(banner));
            }
            return line;
        }
    }
}
