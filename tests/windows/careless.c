/* A program that takes its libraries from wherever they lie, as most do: shows
   that what was planted would be found. */
#include <windows.h>
#include <mmsystem.h>

int main(void)
{
    PlaySoundW(NULL, NULL, 0);
    return LoadLibraryA("dwmapi.dll") == NULL;
}
