"""Texts under media names: playlists, manifests, scripts and drawings that name other files or hosts."""

M3U8 = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:1.0,\n{0}\n#EXT-X-ENDLIST\n"
HLS_KEY = ('#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-KEY:METHOD=AES-128,URI="{0}"\n'
           '#EXT-X-MAP:URI="{0}"\n#EXTINF:1.0,\n{0}\n#EXT-X-ENDLIST\n')
CONCAT = "ffconcat version 1.0\nfile '{0}'\nduration 1\nfile '{0}'\n"
PLS = "[playlist]\nNumberOfEntries=1\nFile1={0}\nLength1=-1\nVersion=2\n"
SDP = ("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
       "m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\nm=audio 5006 RTP/AVP 0\n")
SVG = ('<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{0}">]>\n'
       '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="320" height="240">'
       '<image xlink:href="file://{0}" width="320" height="240"/><text>&x;</text></svg>\n')
DASH = ('<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period>'
        '<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1" width="320" height="240" codecs="avc1">'
        '<BaseURL>file://{0}</BaseURL><SegmentBase indexRange="0-1"/></Representation></AdaptationSet></Period></MPD>')
SMOOTH = ('<?xml version="1.0"?><SmoothStreamingMedia MajorVersion="2" MinorVersion="0" Duration="10000000">'
          '<StreamIndex Type="video" Url="{0}"><c d="1"/></StreamIndex></SmoothStreamingMedia>')
MVG = "push graphic-context\nviewbox 0 0 320 240\nimage over 0,0 0,0 'url(file://{0})'\npop graphic-context\n"
ASX = '<asx version="3.0"><entry><ref href="file://{0}"/></entry></asx>\n'
SAMI = "<SAMI><HEAD></HEAD><BODY><SYNC Start=0><P><img src='file://{0}'></BODY></SAMI>\n"
AVISYNTH = 'AVISource("{0}")\nConvertToYV12()\n'
LAVFI = "movie={0}[out0];amovie={0}[out1]\n"
DESKTOP = "[Desktop Entry]\nType=Application\nExec=/bin/touch {0}.run\n"
SHELL = "#!/bin/sh\ntouch {0}.run\n"
XSPF = ('<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList><track>'
        '<location>file://{0}</location></track></trackList></playlist>')
URL = "[InternetShortcut]\nURL=file://{0}\n"
REFERENCE = "[Reference]\nRef1=http://127.0.0.1:9/x\nRef2={0}\n"
ASS = "[Script Info]\nScriptType: v4.00+\n[Events]\nFormat: Text\nDialogue: {{\\fn{0}}}x\n"

ROWS = [
    ("hls.mp4", "an HLS playlist that names a file outside", M3U8),
    ("hls.mp3", "an HLS playlist that names a file outside", M3U8),
    ("hls-key.mkv", "an HLS playlist whose key and header lie outside", HLS_KEY),
    ("ffconcat.wav", "a concat script of FFmpeg", CONCAT),
    ("ffconcat.mkv", "a concat script of FFmpeg", CONCAT),
    ("ffconcat.png", "a concat script of FFmpeg", CONCAT),
    ("concat-protocol.m4a", "an address of the concat protocol", "concat:{0}|{0}"),
    ("subfile.ogg", "an address of the subfile protocol", "subfile,,start,0,end,64,,:{0}"),
    ("pls.ogg", "a PLS playlist", PLS),
    ("m3u.wma", "an M3U playlist with an address on the network", "#EXTM3U\nhttp://127.0.0.1:9/x.mp3\n"),
    ("session.mp4", "an SDP file: opens ports for a stream", SDP),
    ("session.wav", "an SDP file: opens ports for a stream", SDP),
    ("drawing.png", "an SVG drawing that shows a file outside", SVG),
    ("drawing.jpg", "an SVG drawing that shows a file outside", SVG),
    ("magick.png", "a drawing script of ImageMagick", MVG),
    ("dash.mp4", "a DASH manifest", DASH),
    ("dash.webm", "a DASH manifest", DASH),
    ("smooth.mov", "a Smooth Streaming manifest", SMOOTH),
    ("asx.wma", "a Windows Media playlist", ASX),
    ("reference.wma", "a Windows Media redirector", REFERENCE),
    ("xspf.flac", "an XSPF playlist", XSPF),
    ("subtitles.avi", "SAMI subtitles with a picture", SAMI),
    ("subtitles.mkv", "ASS subtitles with a font", ASS),
    ("avisynth.avi", "an AviSynth script", AVISYNTH),
    ("lavfi.mp4", "a filter graph of FFmpeg that opens files", LAVFI),
    ("starter.mp3", "a .desktop file that starts a program", DESKTOP),
    ("link.wav", "a Windows link to a file", URL),
    ("script.wav", "a shell script", SHELL),
    ("page.jpg", "a web page", "<html><img src='file://{0}'></html>"),
    ("template.mp3", "a template that a server would expand", "${{jndi:ldap://127.0.0.1:9/a}} {{{{7*7}}}} <?php system('id') ?>\n"),
]


def rows(outside):
    """(name, what it tries, bytes)"""
    # each of another length: equal files would be rendered, and told of, once
    return [(name, tries, text.format(outside).encode() + b"\n" * at) for at, (name, tries, text) in enumerate(ROWS)]
