package io.jverto.sip.digest;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// An account of ours somewhere.
///
/// @param realm the only realm that is answered; empty for whatever realm the hosts have
/// @param hosts the only hosts that are answered: names or addresses as they are configured (S29)
public record DigestAccount(String username, String password, String realm, Set<String> hosts) {
    public DigestAccount {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    boolean isOf(String host, String challengeRealm) {
        return hosts.contains(host.toLowerCase(Locale.ROOT)) && (realm.isEmpty() || realm.equals(challengeRealm));
    }

    @Override
    public String toString() {
        return "DigestAccount[" + hosts + "]"; // the password is a secret: keep it out of logs
    }
}
