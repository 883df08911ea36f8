"""Good files, small ones: what hostile and damaged ones are made of."""
import json
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# The drawn face of the samples, in parts of the picture.
POINTS = {
    "eyeLeft": [0.418, 0.412], "eyeRight": [0.582, 0.412], "mouthLeft": [0.428, 0.579], "mouthRight": [0.572, 0.579],
    "mouthTop": [0.5, 0.569], "mouthBottom": [0.5, 0.622], "chin": [0.5, 0.704],
}

PICTURE = "-frames:v 1 -update 1 "

# Arguments of ffmpeg, after the sound or the picture that each is made of.
SOUNDS = {
    "speech.wav": "", "speech.mp3": "", "speech.m4a": "-c:a aac", "speech.aac": "-c:a aac", "speech.flac": "",
    "speech.ogg": "-c:a libvorbis", "speech.opus": "-ar 48000", "speech.wma": "", "speech.aiff": "",
    "speech.caf": "-c:a alac",
}
PICTURES = {"face.png": "", "face.jpg": "-q:v 2", "face.webp": "", "face.bmp": ""}
VIDEOS = {
    "face.mp4": "-c:v libx264", "face.mov": "-c:v libx264", "face.mkv": "-c:v libx264", "face.avi": "-c:v mpeg4",
    "vp8.webm": "-c:v libvpx", "vp9.webm": "-c:v libvpx-vp9", "hevc.mp4": "-c:v libx265 -x265-params log-level=none",
    "av1.mkv": "-c:v libaom-av1 -cpu-used 8", "prores.mov": "-c:v prores -pix_fmt yuv422p10le", "mjpeg.avi": "-c:v mjpeg -pix_fmt yuvj420p",
}


def ffmpeg(arguments, target):
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin"] + arguments.split() + [target], check=True)


def make(folder, samples, seconds=0.4, size="320:240"):
    """Writes them all into a folder; gives their paths by name."""
    os.makedirs(folder, exist_ok=True)
    speech, face = os.path.join(samples, "english.wav"), os.path.join(samples, "presenter.png")
    for name, options in SOUNDS.items():
        ffmpeg(f"-ss 0.5 -t {seconds} -i {speech} {options}", os.path.join(folder, name))
    for name, options in PICTURES.items():
        ffmpeg(f"-i {face} -vf scale={size} {PICTURE}{options}", os.path.join(folder, name))
    for name, options in VIDEOS.items():
        ffmpeg(f"-loop 1 -i {face} -vf scale={size} -t 1 -r 25 -pix_fmt yuv420p {options}", os.path.join(folder, name))
    return {name: os.path.join(folder, name) for name in [*SOUNDS, *PICTURES, *VIDEOS]}


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(folder, name, content):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def put_points(folder, name):
    """The points of the face beside an avatar, so that nothing but the file itself can be refused."""
    write(folder, os.path.splitext(name)[0] + ".face.json", json.dumps(POINTS).encode())
