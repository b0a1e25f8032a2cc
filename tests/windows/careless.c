/* A program that loads its libraries from anywhere, like most: shows that planted
   ones would be found. */
#include <windows.h>
#include <mmsystem.h>

int main(void)
{
    PlaySoundW(NULL, NULL, 0);
    return LoadLibraryA("dwmapi.dll") == NULL;
}
