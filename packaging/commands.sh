# shellcheck shell=bash disable=SC2154 # set by whoever sources this
# How the programs of jverto are started, from a source tree and from a package alike. Whoever sources this sets:
#   java   the program java, of a JDK or a runtime that is new enough
#   home   where conf and data are looked for unless options say otherwise
#   dist   where jverto-server.jar, lib, page, sounds and jverto.aot are
#   command   what somebody types for the program, for texts that say what to do

# What every program is told.
readonly about=("-Djverto.home=$home" "-Djverto.command=$command")

# Few and short pauses matter more to sound than throughput does. Of the cache we want to hear nothing: Java starts without it
# where it does not fit, for instance under another JDK.
readonly java_flags=(
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  -Djava.awt.headless=true
  -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:G1PeriodicGCInterval=120000 -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError
  -Xlog:disable -Xlog:all=error:stderr "-Xlog:aot*=off:stderr" "-Xlog:cds*=off:stderr"
)

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "jverto: $1"
  exit "${2:-1}"
}

launch_run() {
  local log=()
  case ${JVERTO_LOG_FORMAT:-text} in
    text) ;;
    json) log=(-Dlogback.configurationFile=logback-json.xml) ;;
    *) fail "JVERTO_LOG_FORMAT is '$JVERTO_LOG_FORMAT': it is text or json" ;;
  esac
  # shellcheck disable=SC2086 # options are meant to be split
  exec "$java" "${java_flags[@]}" "${log[@]}" -XX:AOTCache="$dist/jverto.aot" \
    "${about[@]}" -Djverto.page="$dist/page" -Djverto.sounds="$dist/sounds" ${JVERTO_JAVA_OPTS:-} \
    -jar "$dist/jverto-server.jar" "$@"
}

launch_check() {
  exec "$java" "${java_flags[@]}" "${about[@]}" -Djverto.sounds="$dist/sounds" -cp "$dist/jverto-server.jar" io.jverto.server.Check "$@"
}

launch_cli() {
  exec "$java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m \
    "${about[@]}" -cp "$dist/jverto-server.jar" io.jverto.server.console.ConsoleMain "$@"
}

# Asks the server that runs, as a console does. The call may stand before the options or behind them.
launch_explain() {
  local call='' options=()
  while (($#)); do
    case $1 in
      --data | --host | -H | --port | -P | --password | -p)
        options+=("$1" ${2+"$2"})
        shift
        ;;
      -*) options+=("$1") ;;
      *)
        [[ -z $call ]] || fail "one call at a time: '$command explain CALLID'" 2
        call=$1
        ;;
    esac
    shift || true
  done
  [[ ! $call =~ [[:cntrl:]] ]] || fail "a call's id has no control characters in it; '$command explain' alone names the last calls" 2
  launch_cli -x "explain${call:+ $call}" ${options[@]+"${options[@]}"}
}

launch_doctor() {
  JVERTO_LOG_LEVEL=${JVERTO_LOG_LEVEL:-ERROR} exec "$java" "${java_flags[@]}" "${about[@]}" -Djverto.sounds="$dist/sounds" \
    -Djverto.page="$dist/page" -cp "$dist/jverto-server.jar" io.jverto.server.Doctor "$@"
}

# Asks the port of metrics, $1 or the one of the configuration, without starting Java: what runs a container asks every few seconds.
ask_health() {
  local port=${1:-} health line last= status=
  if [[ -z $port ]]; then
    port=$(sed -n 's/.*data="metrics_port=\([0-9]*\)".*/\1/p' "$home/conf/vars.xml" 2>/dev/null | tail -n 1)
  fi
  [[ ${port:=9464} =~ ^[0-9]{1,5}$ ]] || fail "'$port' is no port; usage: $command health [PORT]" 2
  { exec {health}<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || fail "nothing answers at port $port of metrics: no server runs, or metrics.conf.xml names another ($command health PORT)"
  printf 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&"$health"
  while IFS= read -r -t 5 line <&"$health" || [[ -n $line ]]; do
    [[ -n $status ]] || status=$line
    last=$line # the body is one
  done
  printf '%s\n' "$last"
  [[ $status == "HTTP/1.1 200"* ]]
}

launch_cert() {
  JVERTO_LOG_LEVEL=${JVERTO_LOG_LEVEL:-WARN} exec "$java" "${java_flags[@]}" "${about[@]}" -Djverto.sounds="$dist/sounds" \
    -cp "$dist/jverto-server.jar" io.jverto.server.Certificates "$@"
}

launch_user() {
  JVERTO_LOG_LEVEL=${JVERTO_LOG_LEVEL:-WARN} exec "$java" "${java_flags[@]}" "${about[@]}" \
    -cp "$dist/jverto-server.jar" io.jverto.server.Users "$@"
}

# Starts the server once on free ports, so that Java can keep what it learnt (JEP 514): later starts take half the time.
# Where this fails, for instance on a broken configuration, they only take longer.
rehearse() {
  local data
  data=$(mktemp -d)
  rm -f "$dist/jverto.aot"
  "$java" "${java_flags[@]}" -XX:AOTCacheOutput="$dist/jverto.aot" \
    "${about[@]}" -Djverto.sounds="$dist/sounds" -jar "$dist/jverto-server.jar" --data "$data" --rehearse >/dev/null 2>&1 || true
  rm -rf "$data"
}
