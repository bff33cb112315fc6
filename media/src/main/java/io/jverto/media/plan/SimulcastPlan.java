package io.jverto.media.plan;

import java.util.List;

/// A camera that comes in several sizes at the same time, on a video line of its own beside the first one (RFC 8853, RFC 8851). Its format is that of
/// the first one.
///
/// @param mid of the line
/// @param rids names of the sizes, smallest first
/// @param ridExtension id of the header extension that names the size of a packet (RFC 8852 section 3.1)
/// @param repairedExtension the same of packets that are sent again (RFC 8852 section 3.2); 0 without
public record SimulcastPlan(String mid, List<String> rids, int ridExtension, int repairedExtension) {
    /// Sizes of one camera.
    public static final int MAX_LAYERS = 3;

    public SimulcastPlan {
        rids = List.copyOf(rids);
    }
}
