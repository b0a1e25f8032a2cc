/* Drives the cameras in tests/camera/guest.sh.
 *
 * feeder play DEVICE FOURCC WIDTH HEIGHT RATE FILE
 *     writes the frames of FILE (each after its length, 32 bits) to a
 *     v4l2loopback device, in a loop. While /tmp/pause exists, keeps the device
 *     open but writes nothing. Once /tmp/next exists, continues with the frames
 *     in it.
 * feeder hold DEVICE     captures from it and never closes it
 * feeder unplug DEVICE   makes vivid behave as if it had been unplugged
 */
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static int failed(const char *what)
{
    perror(what);
    return 1;
}

static size_t load(const char *name, uint8_t **bytes)
{
    struct stat about;
    FILE *file = fopen(name, "rb");
    if (!file || fstat(fileno(file), &about))
        exit(failed(name));
    *bytes = malloc(about.st_size);
    size_t size = fread(*bytes, 1, about.st_size, file);
    fclose(file);
    return size;
}

static int play(int device, char **argument)
{
    uint32_t width = atoi(argument[1]), height = atoi(argument[2]), rate = atoi(argument[3]);
    struct v4l2_format format = { .type = V4L2_BUF_TYPE_VIDEO_OUTPUT };
    format.fmt.pix.width = width;
    format.fmt.pix.height = height;
    memcpy(&format.fmt.pix.pixelformat, argument[0], 4);
    format.fmt.pix.field = V4L2_FIELD_NONE;
    format.fmt.pix.bytesperline = 2 * width;
    format.fmt.pix.sizeimage = 2 * width * height;
    format.fmt.pix.colorspace = V4L2_COLORSPACE_SRGB;
    if (ioctl(device, VIDIOC_S_FMT, &format))
        return failed("VIDIOC_S_FMT");
    struct v4l2_streamparm parameters = { .type = V4L2_BUF_TYPE_VIDEO_OUTPUT };
    parameters.parm.output.timeperframe.numerator = 1;
    parameters.parm.output.timeperframe.denominator = rate;
    if (ioctl(device, VIDIOC_S_PARM, &parameters))
        return failed("VIDIOC_S_PARM");

    const char *name = argument[4];
    uint8_t *film;
    size_t size = load(name, &film), at = 0;
    for (;;) {
        if (access("/tmp/pause", F_OK) == 0) {
            usleep(20000);
            continue;
        }
        if (strcmp(name, "/tmp/next") && access("/tmp/next", F_OK) == 0) {
            free(film);
            name = "/tmp/next";
            size = load(name, &film);
            at = 0;
        }
        uint32_t length;
        if (at + sizeof length > size)
            at = 0;
        memcpy(&length, film + at, sizeof length);
        at += sizeof length;
        if (write(device, film + at, length) < 0)
            return failed("write");
        at += length;
        usleep(1000000 / rate);
    }
}

static int hold(int device)
{
    struct v4l2_requestbuffers buffers = {
        .count = 2, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP
    };
    if (ioctl(device, VIDIOC_REQBUFS, &buffers))
        return failed("VIDIOC_REQBUFS");
    for (;;)
        pause();
}

static int unplug(int device)
{
    struct v4l2_queryctrl control = { .id = V4L2_CTRL_FLAG_NEXT_CTRL };
    while (ioctl(device, VIDIOC_QUERYCTRL, &control) == 0) {
        if (strcmp((const char *)control.name, "Disconnect") == 0) {
            struct v4l2_control press = { .id = control.id, .value = 1 };
            return ioctl(device, VIDIOC_S_CTRL, &press) ? failed("VIDIOC_S_CTRL") : 0;
        }
        control.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
    }
    return failed("no control Disconnect");
}

int main(int count, char **argument)
{
    int device = count > 2 ? open(argument[2], O_RDWR) : -1;
    if (device < 0)
        return failed("device");
    if (count == 8 && !strcmp(argument[1], "play"))
        return play(device, argument + 3);
    if (!strcmp(argument[1], "hold"))
        return hold(device);
    if (!strcmp(argument[1], "unplug"))
        return unplug(device);
    return 2;
}
