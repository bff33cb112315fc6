package io.jverto.media.video;

import java.util.List;
import java.util.stream.IntStream;

/// Which size of each picture a viewer gets: the smallest that fills its place, as far as all of them together fit into what the viewer can take.
/// Everybody is seen before anybody is seen better. Stateless.
public final class LayerChoice {
    /// A picture that is stretched by so little looks the same.
    private static final double ENOUGH = 0.8;
    /// What is added has to fit with some room to spare, or it would be taken away again at once.
    private static final double SPARE = 1.15;

    private LayerChoice() {}

    /// One picture.
    ///
    /// @param layers of its source, smallest first; at least one
    /// @param height pixels of the place that it is shown in; 0 when that is not known
    /// @param now the layer that the viewer gets
    public record Picture(List<Layer> layers, int height, int now) {}

    /// @param budgetKbps of all pictures together, 0 for no limit
    /// @return for each the layer that it should have; 0 where nothing is known of layers
    public static int[] choose(List<Picture> pictures, int budgetKbps) {
        int[] chosen = pictures.stream().mapToInt(picture -> next(picture, -1)).toArray();
        long left = budgetKbps == 0 ? Integer.MAX_VALUE : budgetKbps;
        for (int i = 0; i < chosen.length; i++) {
            left -= pictures.get(i).layers().get(chosen[i]).kbps();
        }
        int[] order = IntStream.range(0, chosen.length).boxed()
                .sorted((one, other) -> Integer.compare(pictures.get(other).height(), pictures.get(one).height()))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean raised = true;
        while (raised) {
            raised = false;
            for (int i : order) {
                Picture picture = pictures.get(i);
                int higher = isEnough(picture, chosen[i]) ? chosen[i] : next(picture, chosen[i]);
                int cost = picture.layers().get(higher).kbps() - picture.layers().get(chosen[i]).kbps();
                if (higher > chosen[i] && cost * (higher > picture.now() ? SPARE : 1) <= left) {
                    left -= cost;
                    chosen[i] = higher;
                    raised = true;
                }
            }
        }
        return chosen;
    }

    private static boolean isEnough(Picture picture, int layer) {
        int height = picture.layers().get(layer).height();
        return picture.height() > 0 && height >= ENOUGH * picture.height();
    }

    /// @return the next layer above that one of which anything comes, or the same
    private static int next(Picture picture, int layer) {
        for (int higher = layer + 1; higher < picture.layers().size(); higher++) {
            if (picture.layers().get(higher).comes()) {
                return higher;
            }
        }
        return Math.max(0, layer);
    }
}
