package io.jverto.medialoop;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Where datagrams come from.
final class Remote {
    final InetSocketAddress address;
    /// What [Directory] found for it at last; null before.
    Directory.@Nullable Holder holder;

    Remote(InetSocketAddress address) {
        this.address = address;
    }
}
