package io.jverto.sip.profile;

import io.jverto.base.net.NetworkList;
import java.net.InetAddress;
import java.util.List;

/// Whom a profile lets in (sip.md section 2.2).
///
/// @param challengeCalls whether callers have to prove who they are, unless `trusted` holds their address or they are a gateway
/// @param trusted who may call without: addresses of any of these lists
public record AccessConfig(boolean challengeCalls, List<NetworkList> trusted) {
    public AccessConfig {
        trusted = List.copyOf(trusted);
    }

    boolean trusts(InetAddress source) {
        return trusted.stream().anyMatch(list -> list.test(source));
    }
}
