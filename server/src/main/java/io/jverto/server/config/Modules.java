package io.jverto.server.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The modules that `modules.conf` may name. This server is one piece: what a module of the field does is there, or it is not.
public final class Modules {
    private static final Set<String> BUILT_IN = Set.of(
            "mod_console", "mod_logfile", "mod_commands", "mod_dptools", "mod_dialplan_xml", "mod_verto", "mod_sofia", "mod_rtc", "mod_conference", "mod_db",
            "mod_hash", "mod_event_socket",
            "mod_valet_parking", "mod_vpx", "mod_expr", "mod_sndfile", "mod_tone_stream", "mod_local_stream", "mod_opus", "mod_opusfile", "mod_native_file",
            "mod_posix_timer", "mod_timerfd", "mod_prefix", "mod_loopback", "mod_cdr_csv", "mod_json_cdr", "mod_voicemail", "mod_say_en",
            "mod_fifo");
    private static final Map<String, String> LACKING = lacking();

    private Modules() {}

    public static boolean isBuiltIn(String module) {
        return BUILT_IN.contains(module);
    }

    /// @return what this server lacks, for a module that the field knows
    static Optional<String> lacks(String module) {
        return Optional.ofNullable(LACKING.get(module));
    }

    private static Map<String, String> lacking() {
        Map<String, String> lacking = new HashMap<>();
        put(lacking, "no events by this way", "mod_event_multicast", "mod_erlang_event", "mod_amqp");
        put(lacking, "no call records of this kind", "mod_xml_cdr", "mod_cdr_sqlite", "mod_odbc_cdr",
                "mod_format_cdr", "mod_graylog2");
        put(lacking, "no configuration from elsewhere", "mod_xml_rpc", "mod_xml_curl", "mod_xml_scgi", "mod_curl", "mod_http_cache", "mod_httapi");
        put(lacking, "a mailbox has its own menus", "mod_voicemail_ivr");
        put(lacking, "no queues but those of the application fifo", "mod_callcenter");
        put(lacking, "no fax", "mod_spandsp", "mod_fax");
        put(lacking, "no scripts", "mod_lua", "mod_perl", "mod_python", "mod_python3", "mod_v8", "mod_java", "mod_managed", "mod_yaml");
        put(lacking, "no numbers looked up elsewhere", "mod_enum", "mod_cidlookup", "mod_lcr", "mod_nibblebill", "mod_easyroute", "mod_directory",
                "mod_distributor");
        put(lacking, "no chat plan", "mod_sms");
        put(lacking, "no dialplan of this kind", "mod_dialplan_asterisk", "mod_dialplan_directory");
        put(lacking, "no such codec", "mod_g723_1", "mod_g729", "mod_amr", "mod_amrwb", "mod_bv", "mod_codec2", "mod_ilbc", "mod_silk", "mod_siren",
                "mod_speex",
                "mod_isac", "mod_b64", "mod_av", "mod_theora", "mod_openh264");
        put(lacking, "H.264 is passed on without it; H.261 and H.263 are not there", "mod_h26x");
        put(lacking, "no such sound format", "mod_shout", "mod_png", "mod_vlc", "mod_ssml", "mod_portaudio_stream");
        put(lacking, "programs that speak stand in speech.conf", "mod_flite", "mod_tts_commandline", "mod_cepstral");
        put(lacking, "programs that listen stand in speech.conf", "mod_pocketsphinx", "mod_unimrcp");
        put(lacking, "nothing spoken in that language", "mod_say_de", "mod_say_es", "mod_say_fr", "mod_say_it", "mod_say_nl", "mod_say_pt",
                "mod_say_ru", "mod_say_zh");
        put(lacking, "no such telephones or lines", "mod_skinny", "mod_alsa", "mod_portaudio", "mod_dingaling", "mod_rtmp", "mod_h323", "mod_opal",
                "mod_khomp",
                "mod_gsmopen", "mod_skypopen", "mod_unicall", "mod_osp", "mod_freetdm");
        put(lacking, "nothing here does what it is for", "mod_syslog", "mod_enum_nat", "mod_esf", "mod_fsv", "mod_cluechoo", "mod_snom",
                "mod_blacklist", "mod_memcache",
                "mod_redis", "mod_mongo", "mod_ldap", "mod_xml_ldap", "mod_signalwire", "mod_soundtouch", "mod_avmd", "mod_vmd", "mod_bert",
                        "mod_oreka",
                "mod_translate", "mod_random", "mod_stress", "mod_zeroconf", "mod_fsk", "mod_pgsql", "mod_mariadb", "mod_snapshot", "mod_test",
                        "mod_xml_radius",
                "mod_rad_auth", "mod_radius_cdr", "mod_kazoo", "mod_rayo", "mod_hiredis", "mod_sangoma_codec", "mod_dahdi_codec", "mod_abstraction");
        return Map.copyOf(lacking);
    }

    private static void put(Map<String, String> lacking, String what, String... modules) {
        for (String module : modules) {
            lacking.put(module, what);
        }
    }
}
